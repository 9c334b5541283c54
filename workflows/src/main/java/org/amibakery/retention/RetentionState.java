package org.amibakery.retention;

/** Says how the retention of a family stands. */
public enum RetentionState {
    /** It looks at what would go and what stays, and changes nothing. */
    PLANNING,
    DELETING,
    COMPLETED
}
