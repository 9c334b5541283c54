package org.amibakery.lambdas.orphans;

/** What is known of whether a bake still cares for what it made. */
public enum BakeLife {
    /** It runs, and cleans up after itself. */
    RUNS,
    /** It has ended, and will never come back to what it left. */
    ENDED,
    /** Nobody could tell; only the expiry counts. */
    UNKNOWN
}
