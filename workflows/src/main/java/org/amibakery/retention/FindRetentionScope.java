package org.amibakery.retention;

import org.amibakery.bake.BakeRequest;

/** Asks what the retention of a recipe is about. */
public record FindRetentionScope(BakeRequest recipe) {
    public FindRetentionScope {
        recipe = recipe == null ? new BakeRequest(null) : recipe;
    }
}
