package org.amibakery.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.amibakery.acceptance.faults.TroubledBakery;
import org.amibakery.bake.BakeState;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records a release's histories for {@code ReplayTest}, from bakes on a real Temporal server, into the folder that the
 * system property {@code bakery.record} names. It is run by hand, once a release: see CONTRIBUTING.md.
 */
@EnabledIfSystemProperty(named = Recording.FOLDER, matches = ".+")
class HistoryRecorderTest {
    private static final int UPDATING_PACKAGES = 6;
    private static final int ASKING_FOR_THE_IMAGE = 11;
    private static final int AWAITING_THE_IMAGE = 12;

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void records(String name, BakeState end, BiConsumer<GatedBakery, List<HistoryPoint>> life) throws Exception {
        try (Lanes lanes = Lanes.open()) {
            List<HistoryPoint> starts = starts(lanes);
            try (GatedBakery gated = lanes.bakery()) {
                life.accept(gated, starts);

                BakeState state = gated.bakery()
                        .current(TroubledBakery.FAMILY)
                        .end()
                        .report()
                        .state();
                assertThat(state).isEqualTo(end);
                gated.record(name);
            }
        }
    }

    static Stream<Arguments> histories() {
        return Stream.of(
                history("completed", BakeState.COMPLETED, (gated, starts) -> gated.start()),
                history("failed-installing-packages", BakeState.FAILED, (gated, starts) -> {
                    gated.bakery().ssm().nextCommandOf("install-packages").failsWith(3, "", "no space left on device");
                    gated.start();
                }),
                history("failed-creating-image", BakeState.FAILED, (gated, starts) -> {
                    gated.bakery().ec2().imageFails("Server.InternalError");
                    gated.start();
                }),
                history("next-candidate", BakeState.COMPLETED, (gated, starts) -> {
                    gated.bakery().ec2().hasNoCapacityFor("t3.medium");
                    gated.start();
                }),
                history("relaunched", BakeState.COMPLETED, (gated, starts) -> {
                    gated.bakery().ec2().instanceDiesInPending("Server.InternalError");
                    gated.start();
                }),
                history(
                        "canceled-updating-packages",
                        BakeState.CANCELED,
                        (gated, starts) -> gated.startMeeting(starts.get(UPDATING_PACKAGES - 1), gated::cancel)),
                history(
                        "canceled-creating-image",
                        BakeState.CANCELED,
                        (gated, starts) -> gated.startMeeting(starts.get(ASKING_FOR_THE_IMAGE - 1), gated::cancel)),
                history(
                        "reset",
                        BakeState.COMPLETED,
                        (gated, starts) -> gated.startMeeting(
                                starts.get(AWAITING_THE_IMAGE - 1), () -> gated.reset(UPDATING_PACKAGES))));
    }

    private static Arguments history(String name, BakeState end, BiConsumer<GatedBakery, List<HistoryPoint>> life) {
        return Arguments.of(name, end, life);
    }

    /** The moments at which each activity has just been started. */
    private static List<HistoryPoint> starts(Lanes lanes) throws InterruptedException {
        try (GatedBakery gated = lanes.bakery()) {
            return gated.everyPoint().stream()
                    .filter(point -> point.moment().isAfterWorkflowTask())
                    .toList();
        }
    }
}
