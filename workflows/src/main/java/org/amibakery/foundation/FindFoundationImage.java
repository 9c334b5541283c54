package org.amibakery.foundation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.amibakery.recipe.Foundation;
import org.amibakery.recipe.Region;

/**
 * Asks for the newest foundation image.
 *
 * @param function the Lambda function to ask; absent means the same code runs in the worker
 */
public record FindFoundationImage(Region region, Foundation foundation, Optional<String> function) {
    public FindFoundationImage {
        requireNonNull(region, "region");
        requireNonNull(foundation, "foundation");
        function = function == null ? Optional.empty() : function;
    }
}
