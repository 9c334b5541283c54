package org.amibakery.failure;

/**
 * Details an activity's failure, so that the workflow can decide and people can act.
 *
 * @param operation the AWS call, such as {@code RunInstances}
 * @param code the AWS error code, or our own failure type
 * @param unsettled whether an earlier attempt of the same creation may yet make something, so that its undo must stay
 */
public record Refusal(String operation, String code, Reaction reaction, Blame blame, boolean unsettled) {
    /** Details a failure of which every attempt's outcome is known. */
    public Refusal(String operation, String code, Reaction reaction, Blame blame) {
        this(operation, code, reaction, blame, false);
    }

    /** The same refusal when an earlier attempt's outcome is unknown. */
    public Refusal afterUnknownOutcome() {
        return new Refusal(operation, code, reaction, blame, true);
    }
}
