package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.retention.FamilyRetention;
import org.amibakery.retention.RetentionState;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.ResourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets the worker, and the function in it, die at every call of a retention. Of a family's five images one is in use, one
 * is the newest, and three go.
 */
@Execution(ExecutionMode.CONCURRENT)
class RetentionDeathsTest {
    private static final int GOING = 3;

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("worker dies in retention");

    @ParameterizedTest(name = "a retention whose worker dies once {0} was answered comes to its end")
    @MethodSource("calls")
    void comes_to_its_end_though_its_worker_dies_once_a_call_was_answered(AwsCall call) throws InterruptedException {
        try (TroubledBakery bakery = TroubledBakery.withoutWorker();
                MortalWorker worker = MortalWorker.startWithFunctionsIn(bakery)) {
            CountDownLatch dead = new CountDownLatch(1);
            Fault death = bakery.faults()
                    .on(call.operation())
                    .atCall(call.turn())
                    .afterCommit(FaultEffect.run(() -> die(worker, dead)));

            FIGURES.tally("once the call was answered");
            endsWithAnotherWorker(bakery, dead);

            assertThat(death.timesFired()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "a retention whose worker dies before {0} takes effect comes to its end")
    @MethodSource("changes")
    void comes_to_its_end_though_its_worker_dies_before_a_call_takes_effect(AwsCall call) throws InterruptedException {
        try (TroubledBakery bakery = TroubledBakery.withoutWorker();
                MortalWorker worker = MortalWorker.startWithFunctionsIn(bakery)) {
            CountDownLatch dead = new CountDownLatch(1);
            Fault death = bakery.faults()
                    .on(call.operation())
                    .atCall(call.turn())
                    .beforeCommit(FaultEffect.run(() -> die(worker, dead)));
            Fault unheard =
                    bakery.faults().on(call.operation()).atCall(call.turn()).beforeCommit(FaultEffect.close());

            FIGURES.tally("before the call took effect");
            endsWithAnotherWorker(bakery, dead);

            assertThat(death.timesFired()).isEqualTo(1);
            assertThat(unheard.timesFired()).isEqualTo(1);
        }
    }

    @Test
    void a_snapshot_whose_image_an_earlier_run_deleted_is_found_by_the_next() throws InterruptedException {
        try (TroubledBakery bakery = TroubledBakery.withoutWorker();
                MortalWorker worker = MortalWorker.startWithFunctionsIn(bakery)) {
            LedgerEntry image = old(bakery).get(0);
            bakery.aws().ec2(bakery.installation().region()).deregisterImage(it -> it.imageId(image.id()));
            assertThat(snapshotsWithoutImage(bakery)).hasSize(1);

            FamilyRetention report =
                    bakery.beginRetention(TroubledBakery.FAMILY).getResult(FamilyRetention.class);

            assertThat(report.deletedCount()).isEqualTo(GOING); // two images, and the snapshot of the third
            assertThat(snapshotsWithoutImage(bakery)).isEmpty();
            assertThat(worker.isAlive()).isTrue();
        }
    }

    private static void die(MortalWorker worker, CountDownLatch dead) {
        worker.cutOff();
        dead.countDown();
    }

    private static void endsWithAnotherWorker(TroubledBakery bakery, CountDownLatch dead) throws InterruptedException {
        WorkflowStub retention = bakery.beginRetention(TroubledBakery.FAMILY);
        dead.await();
        try (MortalWorker successor = MortalWorker.startWithFunctionsIn(bakery)) {
            FamilyRetention report = retention.getResult(FamilyRetention.class);

            FIGURES.count(bakery.ledger());
            assertThat(report.state()).isEqualTo(RetentionState.COMPLETED);
            assertThat(report.troubles()).isEmpty();
            assertThat(successor.isAlive()).isTrue();
            assertThat(bakery.ledger().imagesDeleted()).hasSize(GOING);
            assertThat(snapshotsWithoutImage(bakery)).isEmpty();
            Promise.isKeptBy(bakery);
        }
    }

    private static List<LedgerEntry> snapshotsWithoutImage(TroubledBakery bakery) {
        List<String> gone =
                bakery.ledger().imagesDeleted().stream().map(LedgerEntry::id).toList();
        return bakery.ledger().everything().stream()
                .filter(entry -> entry.kind() == ResourceKind.SNAPSHOT && !entry.gone())
                .filter(snapshot -> gone.contains(snapshot.origin()))
                .toList();
    }

    /** Those that may go. */
    private static List<LedgerEntry> old(TroubledBakery bakery) {
        return bakery.ledger().everything().stream()
                .filter(entry -> entry.kind() == ResourceKind.IMAGE
                        && entry.name().startsWith(TroubledBakery.FAMILY)
                        && !bakery.imagesInUse().containsValue(entry.id())
                        && !entry.name().endsWith("-7-days-ago"))
                .toList();
    }

    static Stream<AwsCall> calls() {
        try (TroubledBakery bakery = TroubledBakery.withoutWorker();
                MortalWorker worker = MortalWorker.startWithFunctionsIn(bakery)) {
            var unused = bakery.beginRetention(TroubledBakery.FAMILY).getResult(FamilyRetention.class);
            assertThat(worker.isAlive()).isTrue();
            return CleanBake.callsOf(bakery).stream();
        }
    }

    static Stream<AwsCall> changes() {
        return calls().filter(call -> !call.isRead());
    }
}
