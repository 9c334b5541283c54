package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import org.amibakery.recipe.Region;

/**
 * A region in which the reaper could not look, so that nothing there was touched.
 *
 * @param reason what AWS answered, and what to do
 */
public record OutOfReach(Region region, String reason) {
    public OutOfReach {
        requireNonNull(region, "region");
        reason = reason == null ? "" : reason;
    }
}
