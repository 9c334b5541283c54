package org.amibakery.change;

import io.temporal.activity.ActivityInterface;

/** Finds out whether a recipe would bake another image than the family's newest good one. Read-only. */
@ActivityInterface(namePrefix = "Change.")
public interface ChangeActivities {
    /**
     * Compares what a bake would be made of now with what the newest good image was made of. What cannot be found out
     * counts as changed: a bake too many costs less than an image that is never renewed.
     *
     * <p>Fails for good where the bake itself would be refused, with the same type and message: an invalid recipe, a
     * playbook that is not there.
     */
    RecipeChange find(FindChange request);
}
