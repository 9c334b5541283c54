package org.amibakery.bake;

/** Says how far a step is. */
public enum StepState {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELED
}
