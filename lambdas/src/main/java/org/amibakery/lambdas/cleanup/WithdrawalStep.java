package org.amibakery.lambdas.cleanup;

/** A step by which an image leaves use before it is deleted, and from which a person can take it back. */
public enum WithdrawalStep {
    /** EC2 shows it to its owner alone any more; whoever knows its id can launch it (EnableImageDeprecation). */
    DEPRECATED,
    /** Nobody can launch it, and nobody else can see it (DisableImage); EnableImage takes that back, without the sharing. */
    DISABLED
}
