package org.amibakery.reaper;

/** Says how far a reaper has come. */
public enum ReaperState {
    /** It looks at every region. */
    LOOKING,
    /** It found orphans, and waits before it looks at them again. */
    SETTLING,
    /** It removes what was an orphan both times. */
    REMOVING,
    /** What it could remove is on its way out; it waits until the instances are gone. */
    CONFIRMING,
    /** It has reported. */
    COMPLETED
}
