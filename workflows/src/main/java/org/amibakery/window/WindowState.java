package org.amibakery.window;

/** Says how a run of a window stands. */
public enum WindowState {
    RUNNING,
    /** Every recipe had its turn; how each went is in its line. */
    COMPLETED,
    CANCELED
}
