package org.amibakery.retention;

/** Says whether retention only tells what it would delete. */
public enum RetentionMode {
    /** Looks and proves everything as {@link #DELETE} does, and changes nothing. */
    PLAN,
    /** Plans, and then deletes. */
    DELETE
}
