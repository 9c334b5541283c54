package org.amibakery.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.amibakery.acceptance.events.ResetPoint.Life;
import org.amibakery.acceptance.faults.BakeEnd;
import org.amibakery.acceptance.faults.Promise;
import org.amibakery.acceptance.faults.TroubledBakery;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.LedgerEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Resets bakes on a real server to every workflow task that ended, which is all that Temporal can reset to: bakes that run,
 * from their middle on, and bakes that have ended well, badly or on request.
 */
@Execution(ExecutionMode.CONCURRENT)
class ResetAtEveryEventTest {
    /** What a running bake does when it is reset, by the number of its activity: its playbook, its image, its endings. */
    private static final List<Integer> LATE_ACTIVITIES = List.of(7, 10, 11, 13, 15);

    /** A cancellation that comes as the image is asked for lets it be made, and then discards it. */
    private static final int ASKING_FOR_THE_IMAGE = 10;

    private static final int AWAITING_THE_IMAGE = 11;

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.real("reset at every event");

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

    @ParameterizedTest(name = "{0}")
    @MethodSource("points")
    void comes_to_an_end_with_one_image_and_leaves_nothing(ResetPoint point) throws InterruptedException {
        PointMissed.retrying(() -> resetAt(point));
    }

    private static void resetAt(ResetPoint point) throws InterruptedException {
        try (GatedBakery gated = lanes.bakery()) {
            TroubledBakery bakery = gated.bakery();
            List<String> goodBefore = new ArrayList<>();
            live(gated, point.life(), point.met(), it -> {
                goodBefore.addAll(goodImages(bakery));
                it.reset(point.workflowTask());
            });

            BakeEnd end = bakery.current(TroubledBakery.FAMILY).end();
            bakery.reap();

            FIGURES.count(bakery.ledger());
            assertThat(goodImages(bakery)).containsAll(goodBefore);
            assertThat(end.report().leaked()).isEmpty();
            promiseAfter(point, bakery).withOneBuilderAtATime();
            assertEnded(point, end.report());
        }
    }

    /** At its first workflow task a bake plans anew, so its image has another name and another content. */
    private static Promise promiseAfter(ResetPoint point, TroubledBakery bakery) {
        return point.workflowTask() == 1 ? Promise.isKeptByBakingAnew(bakery) : Promise.isKeptBy(bakery);
    }

    private static void assertEnded(ResetPoint point, BakeReport report) {
        switch (report.state()) {
            case COMPLETED -> assertThat(report.failure()).isEmpty();
            case CANCELED ->
                assertThat(point.life()).isEqualTo(Life.CANCELED); // it is set back to after its cancellation
            case FAILED ->
                assertThat(report.failure())
                        .containsAnyOf(
                                "before it was reset", "is deregistered", "exit code 3"); // its commands are adopted
            case RUNNING, HELD, CLEANING_UP -> throw new AssertionError("The bake has not ended: " + report);
        }
    }

    @Test
    void a_good_image_survives_a_reset_after_which_it_cannot_be_tagged() throws InterruptedException {
        try (GatedBakery gated = lanes.bakery()) {
            TroubledBakery bakery = gated.bakery();
            gated.start().end().isComplete();
            List<String> goodBefore = goodImages(bakery);
            Fault denied = bakery.faults()
                    .on("CreateTags")
                    .beforeCommit(FaultEffect.error(SimulatorError.refused("UnauthorizedOperation", "not any more")));

            gated.reset(AWAITING_THE_IMAGE);

            BakeEnd end = bakery.current(TroubledBakery.FAMILY).end();
            end.isFailure(BakeStep.TAG_IMAGE, "UnauthorizedOperation");
            end.isFailure(
                    BakeStep.TAG_IMAGE,
                    "the image %s stays if it was good before the bake was reset".formatted(goodBefore.get(0)));
            assertThat(denied.timesFired()).isPositive();
            assertThat(goodImages(bakery)).hasSize(1).isEqualTo(goodBefore);
        }
    }

    static List<ResetPoint> points() throws InterruptedException {
        List<HistoryPoint> late = lateMoments();
        List<ResetPoint> points = new ArrayList<>();
        late.forEach(moment ->
                points.addAll(every(Life.RUNNING, Optional.of(moment), LATE_ACTIVITIES.get(late.indexOf(moment)))));
        points.addAll(every(Life.COMPLETED, Optional.empty(), tasksOf(Life.COMPLETED, Optional.empty())));
        points.addAll(every(Life.FAILED, Optional.empty(), tasksOf(Life.FAILED, Optional.empty())));
        Optional<HistoryPoint> asking = Optional.of(late.get(LATE_ACTIVITIES.indexOf(ASKING_FOR_THE_IMAGE)));
        points.addAll(every(Life.CANCELED, asking, tasksOf(Life.CANCELED, asking)));
        return points;
    }

    private static List<ResetPoint> every(Life life, Optional<HistoryPoint> met, int workflowTasks) {
        return IntStream.rangeClosed(1, workflowTasks)
                .mapToObj(task -> new ResetPoint(life, met, task))
                .toList();
    }

    /** Just after the workflow tasks that start those activities. */
    private static List<HistoryPoint> lateMoments() throws InterruptedException {
        List<HistoryPoint> started = new ArrayList<>();
        PointMissed.retrying(() -> {
            try (GatedBakery gated = lanes.bakery()) {
                gated.everyPoint().stream()
                        .filter(point -> point.moment().isAfterWorkflowTask())
                        .forEach(started::add);
            }
        });
        return LATE_ACTIVITIES.stream()
                .map(activity -> started.get(activity - 1))
                .toList();
    }

    private static int tasksOf(Life life, Optional<HistoryPoint> met) throws InterruptedException {
        List<Integer> tasks = new ArrayList<>();
        PointMissed.retrying(() -> {
            tasks.clear();
            try (GatedBakery gated = lanes.bakery()) {
                live(gated, life, met, it -> tasks.add(it.workflowTasks().size()));
            }
        });
        return tasks.get(0);
    }

    private static void live(GatedBakery gated, Life life, Optional<HistoryPoint> met, Consumer<GatedBakery> atTheEnd) {
        switch (life) {
            case RUNNING -> gated.startMeeting(met.orElseThrow(), () -> atTheEnd.accept(gated));
            case CANCELED -> {
                BakeEnd canceled =
                        gated.startMeeting(met.orElseThrow(), gated::cancel).end();
                assertThat(canceled.report().state()).isEqualTo(BakeState.CANCELED);
                atTheEnd.accept(gated);
            }
            case FAILED -> {
                gated.bakery().ssm().nextCommandOf("run-playbook").failsWith(3, "", "no space left on device");
                assertThat(gated.start().end().report().state()).isEqualTo(BakeState.FAILED);
                atTheEnd.accept(gated);
            }
            case COMPLETED -> {
                gated.start().end().isComplete();
                atTheEnd.accept(gated);
            }
        }
    }

    private static List<String> goodImages(TroubledBakery bakery) {
        return Promise.goodImages(bakery.ledger()).stream().map(LedgerEntry::id).toList();
    }
}
