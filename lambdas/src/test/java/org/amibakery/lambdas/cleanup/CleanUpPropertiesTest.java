package org.amibakery.lambdas.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.amibakery.lambdas.Faults.Moment;
import org.junit.jupiter.api.Test;

/**
 * What holds for every fleet, whatever is tagged, used, shared, refused, lost or killed; {@link RetentionJudge} says what.
 *
 * <p>Repeat a run by {@code -Dbakery.fleets.seed=SEED}, and ask for more fleets by {@code -Dbakery.fleets=COUNT}.
 */
class CleanUpPropertiesTest {
    private static final int FLEETS = Integer.getInteger("bakery.fleets", 100_000);
    private static final int KILLED_FLEETS = Math.max(1, FLEETS / 200);
    private static final long SEED = Long.getLong("bakery.fleets.seed", System.nanoTime());
    private static final Set<String> CHANGING =
            Set.of("EnableImageDeprecation", "DisableImage", "CreateTags", "DeregisterImage", "DeleteSnapshot");

    @Test
    void only_what_every_rule_allows_goes_and_in_the_end_all_of_it() {
        AtomicLong images = new AtomicLong();
        AtomicLong runs = new AtomicLong();
        AtomicLong deleted = new AtomicLong();
        AtomicLong withdrawn = new AtomicLong();
        long started = System.nanoTime();

        LongStream.range(0, FLEETS).parallel().forEach(number -> {
            RandomFleet fleet = RandomFleet.of(SEED + number);
            tell(fleet, each -> {
                FleetStory story = new FleetStory(each).tell();
                runs.addAndGet(story.runs());
                deleted.addAndGet(story.deleted());
                withdrawn.addAndGet(story.withdrawn());
            });
            images.addAndGet(fleet.images().size());
        });

        assertThat(deleted.get()).isGreaterThan(FLEETS);
        assertThat(withdrawn.get()).isGreaterThan(FLEETS / 2);
        System.out.printf(
                "Retention: %,d random fleets of %,d images, %,d runs, %,d deleted, %,d deprecated or disabled, 0 wrong;"
                        + " seed %d, %.1f s%n",
                FLEETS, images.get(), runs.get(), deleted.get(), withdrawn.get(), SEED, secondsSince(started));
    }

    @Test
    void a_run_killed_at_any_call_leaves_nothing_that_the_next_does_not_find() {
        AtomicLong kills = new AtomicLong();
        long started = System.nanoTime();

        LongStream.range(0, KILLED_FLEETS)
                .parallel()
                .forEach(
                        number -> tell(RandomFleet.of(SEED + number), fleet -> kills.addAndGet(killEverywhere(fleet))));

        assertThat(kills.get()).isGreaterThan(KILLED_FLEETS);
        System.out.printf(
                "Retention: %,d runs of %,d random fleets killed, one at each call, 0 left-overs; seed %d, %.1f s%n",
                kills.get(), KILLED_FLEETS, SEED, secondsSince(started));
    }

    /** Kills one run before each call, and one after each call that changes something. */
    private static int killEverywhere(RandomFleet fleet) {
        int kills = 0;
        FleetStory story = new FleetStory(fleet);
        for (int call = 0; story.tellOfAKill(call, Moment.BEFORE_IT_TAKES_EFFECT); call++) {
            kills++;
            if (CHANGING.contains(story.calls().get(call))
                    && new FleetStory(fleet).tellOfAKill(call, Moment.AFTER_IT_TOOK_EFFECT)) {
                kills++;
            }
            story = new FleetStory(fleet);
        }
        return kills;
    }

    /** Tells of the smallest fleet that shows what went wrong. */
    private static void tell(RandomFleet fleet, Consumer<RandomFleet> story) {
        try {
            story.accept(fleet);
        } catch (AssertionError wrong) {
            for (int number = 0; number < fleet.images().size(); number++) {
                tell(fleet.without(number), story);
            }
            throw new AssertionError("Seed " + fleet.seed() + ": " + wrong.getMessage() + "\n" + fleet, wrong);
        }
    }

    private static double secondsSince(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
