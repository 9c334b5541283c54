package org.amibakery.lambdas.orphans;

/**
 * A region in which nobody could look.
 *
 * @param region its name
 * @param message what AWS answered, and what to do
 */
public record RegionOutOfReach(String region, String message) {}
