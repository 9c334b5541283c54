package org.amibakery.failure;

/**
 * Details an activity's failure, so that the workflow can decide and people can act.
 *
 * @param operation the AWS call, such as {@code RunInstances}
 * @param code the AWS error code, or our own failure type
 */
public record Refusal(String operation, String code, Reaction reaction, Blame blame) {}
