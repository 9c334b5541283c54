package org.amibakery.retention;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RetentionPolicy;

/**
 * Asks for the deletion of a family's old images.
 *
 * @param cap at most so many images go in one run
 * @param function the Lambda function to ask; absent means the same code runs in the worker
 * @param continuation where an earlier answer left off
 */
public record DeleteOldImages(
        Region region,
        String stack,
        String family,
        RetentionPolicy policy,
        int cap,
        Optional<String> function,
        Optional<String> continuation) {

    public DeleteOldImages {
        requireNonNull(region, "region");
        requireNonNull(stack, "stack");
        requireNonNull(family, "family");
        requireNonNull(policy, "policy");
        function = function == null ? Optional.empty() : function;
        continuation = continuation == null ? Optional.empty() : continuation;
    }

    /** The same request, to go on where an answer left off. */
    public DeleteOldImages continuingAt(String where) {
        return new DeleteOldImages(region, stack, family, policy, cap, function, Optional.of(where));
    }
}
