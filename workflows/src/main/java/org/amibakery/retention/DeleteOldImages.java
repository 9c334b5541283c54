package org.amibakery.retention;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RetentionPolicy;

/**
 * Asks for the deletion of a family's old images in a region, or for what would go.
 *
 * @param region where the images are
 * @param cap at most so many images go in one run
 * @param function the Lambda function to ask; absent means the same code runs in the worker
 * @param continuation where an earlier answer left off
 * @param bakedIn where the family is baked, and where the function is asked; absent means the region of the images
 * @param mode {@link RetentionMode#DELETE} unless said, as older histories do not say
 */
public record DeleteOldImages(
        Region region,
        String stack,
        String family,
        RetentionPolicy policy,
        int cap,
        Optional<String> function,
        Optional<String> continuation,
        Optional<Region> bakedIn,
        RetentionMode mode) {

    /** The function takes no greater cap. */
    public static final int GREATEST_CAP = 1_000;

    public DeleteOldImages {
        requireNonNull(region, "region");
        requireNonNull(stack, "stack");
        requireNonNull(family, "family");
        requireNonNull(policy, "policy");
        function = function == null ? Optional.empty() : function;
        continuation = continuation == null ? Optional.empty() : continuation;
        bakedIn = bakedIn == null ? Optional.empty() : bakedIn;
        mode = mode == null ? RetentionMode.DELETE : mode;
    }

    /** Asks for a deletion among the images of the region they are baked in. */
    public DeleteOldImages(
            Region region,
            String stack,
            String family,
            RetentionPolicy policy,
            int cap,
            Optional<String> function,
            Optional<String> continuation) {
        this(region, stack, family, policy, cap, function, continuation, Optional.empty(), RetentionMode.DELETE);
    }

    /** The same request, to go on where an answer left off. */
    public DeleteOldImages continuingAt(String where) {
        return new DeleteOldImages(region, stack, family, policy, cap, function, Optional.of(where), bakedIn, mode);
    }
}
