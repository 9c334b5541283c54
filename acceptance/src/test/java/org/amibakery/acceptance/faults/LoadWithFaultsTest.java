package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A hundred bakes at once in an AWS where things take their time, and where more than every fourth call fails.
 *
 * <p>Back-offs are not hurried as AWS is, so the ratio to the time without faults means something only at AWS's own pace:
 * {@code -Dbakery.load.speed=1}, which takes about ten minutes.
 */
class LoadWithFaultsTest {
    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("load");

    private static final int BAKES = 100;

    private static final int SPEED = Integer.getInteger("bakery.load.speed", 20);

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void a_hundred_bakes_at_once_finish_while_every_fourth_call_fails() {
        List<String> operations =
                CleanBake.calls().stream().map(AwsCall::operation).distinct().toList();
        try (TroubledBakery calm = TroubledBakery.whereThingsTakeTime(SPEED);
                TroubledBakery troubled = TroubledBakery.whereThingsTakeTime(SPEED)) {
            List<Fault> faults = trouble(troubled.faults(), operations);

            // at once, so that both have the same share of the machine
            CompletableFuture<Duration> withoutFaults =
                    CompletableFuture.supplyAsync(() -> bakeAll(calm), runnable -> new Thread(runnable).start());
            Duration withFaults = bakeAll(troubled);

            FIGURES.count(BAKES, troubled.ledger());
            note(withFaults, withoutFaults.join());
            assertThat(faults).filteredOn(fault -> fault.timesFired() > 0).hasSizeGreaterThan(operations.size());
            assertThat(Promise.goodImages(troubled.ledger())).hasSize(BAKES);
            Promise.isKeptBy(troubled).withBuildersLaunched(BAKES).withImagesMade(BAKES);
        }
    }

    private static Duration bakeAll(TroubledBakery bakery) {
        long begun = System.nanoTime();
        List<StartedBake> bakes = IntStream.rangeClosed(1, BAKES)
                .mapToObj(number -> bakery.start("family-" + number))
                .toList();
        bakes.forEach(bake -> bake.end().isComplete());
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void note(Duration withFaults, Duration withoutFaults) {
        FIGURES.note("speed", SPEED);
        FIGURES.note("secondsWithoutFaults", (double) withoutFaults.toSeconds());
        FIGURES.note("secondsWithFaults", (double) withFaults.toSeconds());
    }

    private static List<Fault> trouble(FaultPlan plan, List<String> operations) {
        Random chance = new Random(20);
        return operations.stream()
                .flatMap(operation -> IntStream.range(0, 3).mapToObj(kind -> switch (kind) {
                    case 0 -> plan.on(operation).withProbability(0.20, chance).beforeCommit(FaultEffect.throttle());
                    case 1 ->
                        plan.on(operation).withProbability(0.05, chance).beforeCommit(FaultEffect.internalError());
                    default -> plan.on(operation).withProbability(0.02, chance).afterCommit(FaultEffect.close());
                }))
                .toList();
    }
}
