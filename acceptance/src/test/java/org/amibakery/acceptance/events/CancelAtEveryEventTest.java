package org.amibakery.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.amibakery.acceptance.faults.BakeEnd;
import org.amibakery.acceptance.faults.Promise;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.bake.BakeState;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cancels a bake in every state its history can be in, by the gate's account of what these are: see {@link CallGate}. */
@Execution(ExecutionMode.CONCURRENT)
class CancelAtEveryEventTest {
    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("cancel at every event");

    @ParameterizedTest(name = "a bake canceled {0} leaves nothing")
    @MethodSource("points")
    void leaves_nothing(HistoryPoint point) throws InterruptedException {
        PointMissed.retrying(() -> cancelAt(point));
    }

    private static void cancelAt(HistoryPoint point) {
        try (GatedBakery gated = GatedBakery.embedded()) {
            BakeEnd end = gated.startMeeting(point, gated::cancel).end();

            FIGURES.count(gated.bakery().ledger());
            assertThat(end.report().state()).isIn(BakeState.CANCELED, BakeState.COMPLETED);
            assertThat(end.report().leaked()).isEmpty();
            Promise.isKeptBy(gated.bakery()).withOneBuilderAtATime();
        }
    }

    static List<HistoryPoint> points() throws InterruptedException {
        List<HistoryPoint> points = new ArrayList<>();
        PointMissed.retrying(() -> {
            try (GatedBakery gated = GatedBakery.embedded()) {
                points.addAll(gated.everyPoint());
            }
        });
        return points;
    }
}
