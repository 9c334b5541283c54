package org.amibakery.bake;

/** Says how far a bake is. */
public enum BakeState {
    RUNNING,
    /** It failed, and its builder is kept for debugging until a fixed instant. */
    HELD,
    /** It failed or was canceled, and what it made is being removed. */
    CLEANING_UP,
    COMPLETED,
    FAILED,
    CANCELED
}
