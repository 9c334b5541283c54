package org.amibakery.bake;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;

/**
 * Says what becomes of an image beyond the eleven steps.
 *
 * @param test absent means the image is good without one
 * @param deprecateAfter counted from the creation of the image, and of each copy
 * @param shareWith account ids that may launch the image and its copies
 * @param copyTo regions that get a copy
 * @param parameter the SSM parameter that names the newest good image
 */
public record StagePlan(
        Optional<TestPlan> test,
        Optional<Duration> deprecateAfter,
        List<String> shareWith,
        List<Region> copyTo,
        Optional<String> parameter) {

    /** The eleven steps alone. */
    public static final StagePlan NONE =
            new StagePlan(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());

    public StagePlan {
        test = test == null ? Optional.empty() : test;
        deprecateAfter = deprecateAfter == null ? Optional.empty() : deprecateAfter;
        shareWith = shareWith == null ? List.of() : List.copyOf(shareWith);
        copyTo = copyTo == null ? List.of() : List.copyOf(copyTo);
        parameter = parameter == null ? Optional.empty() : parameter;
    }
}
