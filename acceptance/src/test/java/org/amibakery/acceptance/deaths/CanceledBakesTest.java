package org.amibakery.acceptance.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.acceptance.processes.Product;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.FaultTrigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Bakes that are canceled, and lose their worker while they clean up. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_SLEEP)
class CanceledBakesTest {
    /** Where the bakes are met, the first one last: it is in the midst of its image by the time it is canceled. */
    private static final List<BakeStep> MET_AT =
            List.of(BakeStep.RUN_PLAYBOOKS, BakeStep.UPDATE_PACKAGES, BakeStep.VERIFY_AGENT, BakeStep.LAUNCH_BUILDER);

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.real("canceled with dying workers");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void the_next_worker_finishes_a_cleanup_in_which_the_last_one_died_and_the_command_shows_it() throws Exception {
        Chance chance = Chance.announced("canceled with dying workers");
        try (Bakehouse house = Bakehouse.open(
                        TemporalDevServer.require(), SimulatorOptions.defaults().withSpeed(60));
                Crew crew = Crew.of(1, house.environment())) {
            house.aws()
                    .ec2()
                    .imagesTake(Duration.ofHours(2)); // lest the first bake's image is good before it is canceled
            List<RealBake> bakes = new ArrayList<>();
            for (BakeStep step : MET_AT) {
                RealBake bake = house.start("canceled-at-step-" + step.number());
                bake.awaitStep(step);
                bakes.add(bake);
            }
            FaultTrigger firstEnd =
                    house.aws().faults().on("TerminateInstances").atCall(1);
            Fault killed = firstEnd.beforeCommit(FaultEffect.run(() -> killTheWorker(crew)));
            Fault lost = firstEnd.beforeCommit(FaultEffect.close());

            bakes.subList(1, bakes.size()).forEach(RealBake::cancel);
            try (RunningProcess command =
                    Product.start(house.environment(), "cancel", bakes.get(0).id())) {
                chance.pause(Duration.ofSeconds(6), Duration.ofSeconds(12));
                killTheWorker(crew);

                assertThat(command.exitCode(Duration.ofMinutes(4)))
                        .as(command.output())
                        .isZero();
                assertShowsTheCleanup(command);
            }
            List<BakeReport> ends =
                    bakes.stream().map(bake -> bake.end(Duration.ofMinutes(4))).toList();

            FIGURES.count(bakes.size(), house.aws().ledger());
            FIGURES.note("kills", 2);
            assertThat(killed.timesFired()).isEqualTo(1);
            assertThat(lost.timesFired()).isEqualTo(1);
            assertThat(ends).extracting(BakeReport::state).containsOnly(BakeState.CANCELED);
            assertThat(ends).extracting(BakeReport::leaked).containsOnly(List.of());
            Proof.ofNoLeak(house);
        }
    }

    private static void assertShowsTheCleanup(RunningProcess command) throws InterruptedException {
        assertThat(command.results()).contains("canceled", "nothing of it is left");
        assertThat(command.output())
                .contains("The cancellation is under way")
                .containsPattern("cleanup: terminate i-[0-9a-f]+: completed")
                .containsPattern("cleanup: see that i-[0-9a-f]+ is gone: completed");
    }

    private static void killTheWorker(Crew crew) {
        crew.replaceKilled(crew.atWork().get(0));
    }
}
