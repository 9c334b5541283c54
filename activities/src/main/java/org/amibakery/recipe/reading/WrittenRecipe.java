package org.amibakery.recipe.reading;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.amibakery.recipe.Recipe;

/**
 * Holds a valid recipe together with the way its author wrote it.
 *
 * @param json what was written, after overrides and without defaults, in the shape of the recipe file; a workflow
 *     takes it as input
 */
public record WrittenRecipe(Recipe recipe, JsonNode json) {
    public WrittenRecipe {
        requireNonNull(recipe, "recipe");
        requireNonNull(json, "json");
    }

    /** Identifies what the author wrote. */
    public RecipeDigest digest() {
        return RecipeDigest.of(json);
    }
}
