package org.amibakery.bake;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/**
 * Carries a recipe as its author wrote it, in JSON of the same shape as the recipe file.
 *
 * <p>It is read leniently on purpose: whatever a client sends reaches the first activity, whose validator answers in
 * words, instead of blocking the workflow task that could not decode it.
 */
public record BakeRequest(@JsonValue JsonNode recipe) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BakeRequest {
        recipe = recipe == null ? NullNode.getInstance() : recipe;
    }
}
