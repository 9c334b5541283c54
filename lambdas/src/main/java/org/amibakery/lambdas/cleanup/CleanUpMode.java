package org.amibakery.lambdas.cleanup;

/** Says whether a clean-up only tells what it would delete. */
public enum CleanUpMode {
    /** Looks and proves everything as {@link #DELETE} does, and changes nothing. */
    PLAN,
    /** Deletes. */
    DELETE
}
