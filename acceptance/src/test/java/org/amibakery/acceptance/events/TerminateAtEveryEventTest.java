package org.amibakery.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.acceptance.faults.Promise;
import org.amibakery.acceptance.faults.StartedBake;
import org.amibakery.acceptance.faults.TroubledBakery;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Terminates a bake on a real server in every state its history can be in, by the gate's account of what these are: see
 * {@link CallGate}. No code of the bake runs after that, so what is left is the reaper's.
 */
@Execution(ExecutionMode.CONCURRENT)
class TerminateAtEveryEventTest {
    private static final String LIVING = "living";

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.real("terminate at every event");

    private static Lanes lanes;

    @BeforeAll
    static void a_server_runs() throws InterruptedException {
        lanes = Lanes.open();
    }

    @AfterAll
    static void the_server_ends() {
        if (lanes != null) {
            lanes.close();
        }
    }

    @ParameterizedTest(name = "a bake terminated {0} leaves nothing after one cycle of the reaper")
    @MethodSource("points")
    void leaves_nothing_after_one_cycle_of_the_reaper(HistoryPoint point) throws InterruptedException {
        PointMissed.retrying(() -> terminateAt(point));
    }

    private static void terminateAt(HistoryPoint point) throws InterruptedException {
        try (GatedBakery gated = lanes.bakery()) {
            TroubledBakery bakery = gated.bakery();
            gated.startMeeting(point, gated::terminate);
            bakery.replaceWorker(); // so that what was under way on AWS at the termination has ended
            StartedBake living = bakery.start(LIVING);
            await().atMost(Duration.ofSeconds(60)).until(() -> hasLaunched(bakery));

            ReaperReport report = bakery.reap();

            living.end().isComplete();
            FIGURES.count(bakery.ledger());
            assertThat(report.failed()).isEmpty();
            assertThat(report.removed())
                    .extracting(Verdict::bake)
                    .allMatch(BakeWorkflow.id(TroubledBakery.FAMILY, "us-east-1")::equals);
            Promise.isKeptBy(bakery);
        }
    }

    static List<HistoryPoint> points() throws InterruptedException {
        List<HistoryPoint> points = new ArrayList<>();
        PointMissed.retrying(() -> {
            try (GatedBakery gated = lanes.bakery()) {
                points.addAll(gated.everyPoint());
            }
        });
        return points;
    }

    private static boolean hasLaunched(TroubledBakery bakery) {
        return bakery.ledger().buildersEverLaunched().stream().anyMatch(builder -> BakeWorkflow.id(LIVING, "us-east-1")
                .equals(builder.tags().get("ami-bakery:bake")));
    }
}
