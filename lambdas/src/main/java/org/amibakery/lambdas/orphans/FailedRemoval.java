package org.amibakery.lambdas.orphans;

/**
 * An orphan that is still there, or may be, because AWS refused.
 *
 * @param kind what it is
 * @param region where it is
 * @param id for example {@code i-0123456789abcdef0}
 * @param bake the workflow id of the bake that made it
 * @param code the AWS code, or {@code NoAnswer} when it is unknown what AWS did
 * @param message what was refused, what that means, and what to do
 */
public record FailedRemoval(ResourceKind kind, String region, String id, String bake, String code, String message) {}
