package org.amibakery.function;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.amibakery.recipe.Region;

/**
 * Asks a function.
 *
 * @param region where the function runs, and where it looks
 * @param request makes what is sent as JSON; a request that refuses itself ends like one that the function refuses
 * @param answer what the function's JSON is read as
 */
public record Question<A>(BakeryFunction function, Region region, Supplier<?> request, Class<A> answer) {
    public Question {
        requireNonNull(function, "function");
        requireNonNull(region, "region");
        requireNonNull(request, "request");
        requireNonNull(answer, "answer");
    }
}
