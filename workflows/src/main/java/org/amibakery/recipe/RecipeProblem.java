package org.amibakery.recipe;

import static java.util.Objects.requireNonNull;

/**
 * Tells a recipe's author one thing to change.
 *
 * @param pointer the JSON pointer (RFC 6901) of the value at fault; empty for the recipe as a whole
 * @param problem what is wrong
 * @param remedy what to write instead
 */
public record RecipeProblem(String pointer, String problem, String remedy) {
    public RecipeProblem {
        requireNonNull(pointer, "pointer");
        requireNonNull(problem, "problem");
        requireNonNull(remedy, "remedy");
    }

    /** The problem and its remedy as one sentence. */
    public String message() {
        return problem + "; " + remedy;
    }
}
