package org.amibakery.bake;

import java.util.List;
import java.util.Optional;
import org.amibakery.builder.BakeId;
import org.amibakery.builder.BuilderSettings;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.builder.LaunchToken;
import org.amibakery.recipe.Region;

/**
 * What to launch, from which candidates, and by which tokens.
 *
 * @param queue the task queue that launches take their turns in; absent means the bake's own
 */
record LaunchPlan(
        Region region,
        List<LaunchCandidate> candidates,
        BuilderSettings settings,
        Tokens tokens,
        Optional<String> queue) {
    /** Plans the launch of the builder. */
    static LaunchPlan ofBuilder(BakePlan plan, BakeId bake) {
        return new LaunchPlan(
                plan.region(),
                plan.candidates(),
                plan.builder(),
                (number, candidate) -> LaunchToken.of(bake, number, candidate),
                plan.launchQueue());
    }

    /** Plans the launch of an instance that tests the new image. */
    static LaunchPlan ofTest(BakePlan plan, TestPlan test, BakeId bake) {
        return new LaunchPlan(
                plan.region(),
                plan.candidates(),
                test.instance(),
                (number, candidate) -> LaunchToken.ofTest(bake, number, candidate),
                plan.launchQueue());
    }

    /** Makes the token of each launch, from its number and candidate. */
    @FunctionalInterface
    interface Tokens {
        LaunchToken token(int launchNumber, LaunchCandidate candidate);
    }
}
