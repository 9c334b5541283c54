package org.amibakery.lambdas.orphans;

/** What the rule says of a resource. */
public enum Ruling {
    /** Nobody needs it: it may be removed. */
    ORPHAN,
    /** It stays. */
    KEPT
}
