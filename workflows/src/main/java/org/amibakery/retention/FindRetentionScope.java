package org.amibakery.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** Asks what the retention of a recipe is about. */
public record FindRetentionScope(JsonNode recipe) {
    public FindRetentionScope {
        recipe = recipe == null ? NullNode.getInstance() : recipe;
    }
}
