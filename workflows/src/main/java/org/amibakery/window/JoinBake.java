package org.amibakery.window;

import static java.util.Objects.requireNonNull;

import org.amibakery.recipe.Region;

/** Asks for the end of the bake that runs under a family's workflow id. */
public record JoinBake(String workflowId, Region region) {
    public JoinBake {
        requireNonNull(workflowId, "workflowId");
        requireNonNull(region, "region");
    }
}
