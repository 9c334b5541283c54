package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.FaultPlan;
import org.junit.jupiter.api.Test;

class LoadWithFaultsTest {
    private static final int BAKES = 30;

    @Test
    void thirty_bakes_at_once_finish_while_every_fourth_call_fails() {
        List<String> operations =
                CleanBake.calls().stream().map(AwsCall::operation).distinct().toList();
        try (TroubledBakery bakery = TroubledBakery.open()) {
            List<Fault> faults = trouble(bakery.faults(), operations);

            List<StartedBake> bakes = IntStream.rangeClosed(1, BAKES)
                    .mapToObj(number -> bakery.start("family-" + number))
                    .toList();
            bakes.forEach(bake -> bake.end().isComplete());

            assertThat(faults).filteredOn(fault -> fault.timesFired() > 0).hasSizeGreaterThan(operations.size());
            assertThat(Promise.goodImages(bakery.ledger())).hasSize(BAKES);
            Promise.isKeptBy(bakery).withBuildersLaunched(BAKES).withImagesMade(BAKES);
        }
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
