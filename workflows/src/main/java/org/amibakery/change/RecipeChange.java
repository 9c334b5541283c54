package org.amibakery.change;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/**
 * Tells whether a recipe is to be baked, and why.
 *
 * @param recipe the family's name
 * @param region where it is baked
 * @param reasons in words, at least one
 * @param newestImage the family's newest good image, where it was looked for and there is one
 */
public record RecipeChange(
        String recipe, Region region, ChangeVerdict verdict, List<String> reasons, Optional<ImageId> newestImage) {

    public RecipeChange {
        requireNonNull(recipe, "recipe");
        requireNonNull(region, "region");
        requireNonNull(verdict, "verdict");
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
        newestImage = newestImage == null ? Optional.empty() : newestImage;
    }
}
