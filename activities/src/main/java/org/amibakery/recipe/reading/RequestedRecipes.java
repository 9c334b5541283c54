package org.amibakery.recipe.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.failure.ApplicationFailure;
import org.amibakery.bake.PlanActivities;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;

/** Reads the recipes that come in a workflow's request. Safe for any thread. */
public final class RequestedRecipes {
    private final RecipeReader recipes = new RecipeReader();

    /**
     * Reads a recipe.
     *
     * @throws ApplicationFailure of type {@link PlanActivities#INVALID_RECIPE}, which no retry helps, with the validator's
     *     whole message: every problem, one a line
     */
    public WrittenRecipe read(JsonNode recipe) {
        try {
            return recipes.read(recipe);
        } catch (InvalidRecipe refused) {
            ApplicationFailure failure = ApplicationFailure.newNonRetryableFailure(
                    refused.getMessage(),
                    PlanActivities.INVALID_RECIPE,
                    new Refusal("plan", PlanActivities.INVALID_RECIPE, Reaction.GIVE_UP, Blame.RECIPE_AUTHOR));
            failure.setStackTrace(new StackTraceElement[0]); // the message says it all
            throw failure;
        }
    }
}
