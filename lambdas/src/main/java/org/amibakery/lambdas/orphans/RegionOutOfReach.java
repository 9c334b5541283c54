package org.amibakery.lambdas.orphans;

/**
 * A region in which nobody could look.
 *
 * @param region its name, or "all but" the name of the only one that is known
 * @param message what AWS answered, and what to do
 */
public record RegionOutOfReach(String region, String message) {}
