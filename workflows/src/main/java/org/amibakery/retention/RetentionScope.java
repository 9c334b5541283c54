package org.amibakery.retention;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RetentionPolicy;

/**
 * Fixes what the retention of one family is about, so that nothing later reads configuration.
 *
 * @param family the recipe's name
 * @param bakedIn where the family is baked, and where the function is asked
 * @param regions where its images are: that region, and those they are copied to
 * @param function the Lambda function to ask; absent means the same code runs in the worker
 */
public record RetentionScope(
        String family,
        Region bakedIn,
        List<Region> regions,
        String stack,
        RetentionPolicy policy,
        Optional<String> function) {

    public RetentionScope {
        requireNonNull(family, "family");
        requireNonNull(bakedIn, "bakedIn");
        regions = regions == null || regions.isEmpty() ? List.of(bakedIn) : List.copyOf(regions);
        requireNonNull(stack, "stack");
        requireNonNull(policy, "policy");
        function = function == null ? Optional.empty() : function;
    }

    /** Asks for one run of the function over the family's images in a region. */
    DeleteOldImages request(Region region, RetentionMode mode, int cap) {
        return new DeleteOldImages(
                region, stack, family, policy, cap, function, Optional.empty(), Optional.of(bakedIn), mode);
    }
}
