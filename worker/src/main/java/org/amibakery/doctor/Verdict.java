package org.amibakery.doctor;

/** Says what an examination found. */
public enum Verdict {
    /** As it should be. */
    GOOD,
    /** Bakes work without it, but not as well. */
    WARNING,
    /** Bakes fail for it. */
    BROKEN,
    /** It could not be tried, and so may be either. */
    UNTRIED
}
