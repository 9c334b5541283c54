package org.amibakery.reaper;

/** Says what the reaper does with what it finds. */
public enum ReaperMode {
    /** It tells, and changes nothing. */
    PLAN,
    /** It removes what is an orphan at two looks apart. */
    REMOVE
}
