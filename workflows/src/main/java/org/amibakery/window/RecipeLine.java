package org.amibakery.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.ImageId;

/**
 * Tells what became of one recipe in a window.
 *
 * @param recipe the family's name as the recipe has it; {@code recipe 3} for one that has none
 * @param workflowId the bake's, once there is one
 * @param image what was baked, or the newest good image where nothing changed
 * @param reasons why it was baked or not, in words
 * @param message what else is to be said of its end, such as why it failed; may be empty
 */
public record RecipeLine(
        String recipe,
        RecipeState state,
        Optional<String> workflowId,
        Optional<ImageId> image,
        List<String> reasons,
        String message) {

    public RecipeLine {
        requireNonNull(recipe, "recipe");
        requireNonNull(state, "state");
        workflowId = workflowId == null ? Optional.empty() : workflowId;
        image = image == null ? Optional.empty() : image;
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
        message = message == null ? "" : message;
    }

    static RecipeLine waiting(String recipe) {
        return new RecipeLine(recipe, RecipeState.WAITING, Optional.empty(), Optional.empty(), List.of(), "");
    }

    RecipeLine is(RecipeState now, String what) {
        return new RecipeLine(recipe, now, workflowId, image, reasons, what);
    }

    RecipeLine because(List<String> why) {
        return new RecipeLine(recipe, state, workflowId, image, why, message);
    }

    RecipeLine by(String bake) {
        return new RecipeLine(recipe, state, Optional.of(bake), image, reasons, message);
    }

    RecipeLine with(ImageId made) {
        return new RecipeLine(recipe, state, workflowId, Optional.of(made), reasons, message);
    }
}
