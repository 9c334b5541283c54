package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.bake.BakeState;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.FaultTrigger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets every call of a bake meet every mishap, for as long as the SDK itself sends the call again: so it is the bakery that
 * has to cope. The calls are those that a bake was seen to make, so a new one joins the matrix by itself.
 */
@Execution(ExecutionMode.CONCURRENT)
class AwsCallFaultsTest {
    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("AWS calls");

    @ParameterizedTest(name = "a bake whose {0} {1}")
    @MethodSource("points")
    void completes_with_one_builder_and_one_image_and_leaves_nothing(AwsCall call, Mishap mishap) {
        try (TroubledBakery bakery = TroubledBakery.open()) {
            List<Fault> faults = IntStream.range(call.turn(), call.turn() + call.sendings())
                    .mapToObj(turn ->
                            mishap.befall(bakery.faults().on(call.operation()).atCall(turn)))
                    .toList();

            BakeEnd end = bakery.bake();

            FIGURES.count(bakery.ledger());
            FIGURES.tally(mishap.toString());
            end.isComplete();
            assertThat(faults.get(0).timesFired()).isEqualTo(1); // the SDK does not repeat every call that is misread
            Promise.isKeptBy(bakery)
                    .withOneBuilderAtATime()
                    .withBuildersLaunched(1)
                    .withImagesMade(1);
        }
    }

    @ParameterizedTest(name = "a bake canceled the moment its {0} takes effect, the reply to which is lost,")
    @MethodSource("changes")
    void leaves_nothing_when_it_is_canceled(AwsCall call) {
        try (TroubledBakery bakery = TroubledBakery.open()) {
            CompletableFuture<StartedBake> started = new CompletableFuture<>();
            FaultTrigger moment = bakery.faults().on(call.operation()).atCall(call.turn());
            Fault canceled =
                    moment.afterCommit(FaultEffect.run(() -> started.join().cancelAndBeHeard()));
            Fault lost = moment.afterCommit(FaultEffect.close());

            started.complete(bakery.start(TroubledBakery.FAMILY));
            BakeEnd end = started.join().end();
            await().until(() -> lost.timesFired() == 1); // a bake can end while its last call is still under way

            FIGURES.count(bakery.ledger());
            FIGURES.tally("is canceled as it takes effect");
            assertThat(canceled.timesFired()).isEqualTo(1);
            assertThat(end.report().state()).isIn(BakeState.CANCELED, BakeState.COMPLETED);
            assertThat(end.report().leaked()).isEmpty();
            Promise.isKeptBy(bakery).withOneBuilderAtATime();
        }
    }

    static Stream<AwsCall> changes() {
        return CleanBake.calls().stream().filter(call -> !call.isRead());
    }

    static Stream<Arguments> points() {
        return CleanBake.calls().stream()
                .flatMap(call -> Stream.of(Mishap.values()).map(mishap -> arguments(call, mishap)));
    }
}
