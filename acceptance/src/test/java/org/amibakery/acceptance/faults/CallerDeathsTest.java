package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.FaultTrigger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets the worker die at every call of a bake: it reaches neither AWS nor Temporal from that moment on, so that nobody hears
 * what AWS answered, and another worker takes over once Temporal notices.
 */
@Execution(ExecutionMode.CONCURRENT)
class CallerDeathsTest {
    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("caller dies");

    @ParameterizedTest(name = "a bake whose worker dies once {0} was answered completes")
    @MethodSource("calls")
    void completes_though_its_worker_dies_once_a_call_was_answered(AwsCall call) throws InterruptedException {
        try (TroubledBakery bakery = TroubledBakery.withoutWorker();
                MortalWorker worker = MortalWorker.startIn(bakery)) {
            CountDownLatch dead = new CountDownLatch(1);
            Fault death = at(call, bakery).afterCommit(death(worker, dead));

            FIGURES.tally("once the call was answered");
            completesWithAnotherWorker(bakery, dead);

            assertThat(death.timesFired()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "a bake whose worker dies before {0} takes effect completes")
    @MethodSource("changes")
    void completes_though_its_worker_dies_before_a_call_takes_effect(AwsCall call) throws InterruptedException {
        try (TroubledBakery bakery = TroubledBakery.withoutWorker();
                MortalWorker worker = MortalWorker.startIn(bakery)) {
            CountDownLatch dead = new CountDownLatch(1);
            Fault death = at(call, bakery).beforeCommit(death(worker, dead));
            Fault unheard = at(call, bakery).beforeCommit(FaultEffect.close());

            FIGURES.tally("before the call took effect");
            completesWithAnotherWorker(bakery, dead);

            assertThat(death.timesFired()).isEqualTo(1);
            assertThat(unheard.timesFired()).isEqualTo(1);
        }
    }

    private static void completesWithAnotherWorker(TroubledBakery bakery, CountDownLatch dead)
            throws InterruptedException {
        StartedBake bake = bakery.start(TroubledBakery.FAMILY);
        dead.await();
        try (MortalWorker successor = MortalWorker.startIn(bakery)) {
            BakeEnd end = bake.end();

            FIGURES.count(bakery.ledger());
            end.isComplete();
            assertThat(successor.isAlive()).isTrue();
            Promise.isKeptBy(bakery)
                    .withOneBuilderAtATime()
                    .withBuildersLaunched(1)
                    .withImagesMade(1);
        }
    }

    private static FaultTrigger at(AwsCall call, TroubledBakery bakery) {
        return bakery.faults().on(call.operation()).atCall(call.turn());
    }

    private static FaultEffect death(MortalWorker worker, CountDownLatch dead) {
        return FaultEffect.run(() -> {
            worker.cutOff();
            dead.countDown();
        });
    }

    static Stream<AwsCall> calls() {
        return CleanBake.calls().stream();
    }

    static Stream<AwsCall> changes() {
        return CleanBake.calls().stream().filter(call -> !call.isRead());
    }
}
