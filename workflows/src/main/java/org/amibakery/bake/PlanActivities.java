package org.amibakery.bake;

import io.temporal.activity.ActivityInterface;

/** Plans bakes. Read-only, so it runs as a local activity. */
@ActivityInterface(namePrefix = "Plan.")
public interface PlanActivities {
    /** The failure type of a request that the validator refuses. */
    String INVALID_RECIPE = "InvalidRecipe";

    /** Validates the request and fixes what the bake does. Fails with {@link #INVALID_RECIPE}, and is not retried. */
    BakePlan plan(PlanBake request);
}
