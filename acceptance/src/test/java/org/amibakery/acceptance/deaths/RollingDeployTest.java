package org.amibakery.acceptance.deaths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.acceptance.processes.QuickWorkers;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A new version deployed beside the old one, as docs/operations.md tells: no bake changes its version half-way. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_DEATHS)
class RollingDeployTest {
    private static final int BAKES = 50;
    private static final int BAKES_AFTER = 5;

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.real("rolling deploy");

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void fifty_bakes_end_on_the_version_they_began_on_and_new_ones_begin_on_the_new() throws Exception {
        try (Bakehouse house = Bakehouse.open(
                TemporalDevServer.require(), SimulatorOptions.defaults().withSpeed(60))) {
            QuickWorkers unversioned = QuickWorkers.prepare(house.environment(), folder);
            try (RunningProcess older = started(unversioned, "1.0.0")) {
                makeCurrent(house, "1.0.0");
                List<RealBake> begun = house.start(BAKES, "begun");
                begun.forEach(bake -> awaitVersion(house, bake, "1.0.0"));

                try (RunningProcess newer = started(unversioned, "1.1.0")) {
                    makeCurrent(house, "1.1.0");
                    List<RealBake> fresh = house.start(BAKES_AFTER, "fresh");

                    List<RealBake> all =
                            Stream.of(begun, fresh).flatMap(List::stream).toList();
                    Proof proof = Proof.thatAllComplete(house, all, Duration.ofMinutes(4));
                    FIGURES.count(1, house.aws().ledger());
                    FIGURES.note("bakes", all.size());
                    proof.andNoLeak().andNoCommandSentTwice();
                    assertThat(begun).allSatisfy(bake -> assertThat(versions(house, bake))
                            .containsOnly("1.0.0"));
                    assertThat(fresh).allSatisfy(bake -> assertThat(versions(house, bake))
                            .containsOnly("1.1.0"));
                    assertThat(newer.hasEnded() || older.hasEnded()).isFalse();
                }
            }
        }
    }

    private static RunningProcess started(QuickWorkers workers, String buildId) throws InterruptedException {
        RunningProcess worker = workers.start(Map.of("BAKERY_BUILD_ID", buildId));
        worker.awaitLine("set-current-version --deployment-name ami-bakery --build-id " + buildId);
        return worker;
    }

    /** As an operator does; the server knows a version only when its first worker polls. */
    private static void makeCurrent(Bakehouse house, String buildId) {
        await("version %s is the current one".formatted(buildId))
                .atMost(Duration.ofMinutes(1))
                .until(() -> house.temporal()
                                .cli(
                                        "worker",
                                        "deployment",
                                        "set-current-version",
                                        "--deployment-name",
                                        "ami-bakery",
                                        "--build-id",
                                        buildId,
                                        "--yes")
                                .exitCode()
                        == 0);
    }

    private static void awaitVersion(Bakehouse house, RealBake bake, String buildId) {
        await("%s began on %s".formatted(bake.id(), buildId))
                .atMost(Duration.ofMinutes(2))
                .until(() -> versions(house, bake).contains(buildId));
    }

    /** Which versions completed the bake's workflow tasks. */
    private static List<String> versions(Bakehouse house, RealBake bake) {
        return house.history(bake).getEventsList().stream()
                .filter(event -> event.hasWorkflowTaskCompletedEventAttributes())
                .map(event -> event.getWorkflowTaskCompletedEventAttributes()
                        .getDeploymentVersion()
                        .getBuildId())
                .toList();
    }
}
