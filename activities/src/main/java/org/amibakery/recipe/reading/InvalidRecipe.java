package org.amibakery.recipe.reading;

import java.util.List;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Problem;

/** Thrown when a recipe cannot be baked as it is written; nothing has been created. */
public final class InvalidRecipe extends InvalidInput {
    private static final long serialVersionUID = 1L;

    InvalidRecipe(List<Problem> problems) {
        super(problems);
    }
}
