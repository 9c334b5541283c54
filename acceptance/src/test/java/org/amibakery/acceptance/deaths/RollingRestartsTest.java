package org.amibakery.acceptance.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.acceptance.processes.QuickWorkers;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Workers that are replaced in good order, as by a deployment, every few seconds. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_DEATHS)
class RollingRestartsTest {
    private static final int BAKES = 50;
    private static final int RESTARTS = 12;

    /** What a JVM answers to SIGTERM, after its shutdown hooks. */
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.real("rolling restarts");

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void fifty_bakes_complete_while_their_workers_are_replaced_every_few_seconds() throws Exception {
        Chance chance = Chance.announced("rolling restarts");
        try (Bakehouse house = Bakehouse.open(
                        TemporalDevServer.require(), SimulatorOptions.defaults().withSpeed(60));
                Crew crew = Crew.of(2, QuickWorkers.prepare(house.environment(), folder)::start)) {
            Instant began = Instant.now();
            List<RealBake> bakes = house.start(BAKES, "rolled");

            for (int restart = 0; restart < RESTARTS; restart++) {
                chance.pause(Duration.ofSeconds(2), Duration.ofSeconds(4));
                crew.replaceInGoodOrder(chance.oneOf(crew.atWork()));
            }

            Proof proof = Proof.thatAllComplete(house, bakes, Duration.ofMinutes(4));
            FIGURES.count(RESTARTS, house.aws().ledger());
            FIGURES.note("bakes", BAKES);
            FIGURES.note("restarts", RESTARTS);
            FIGURES.note("seconds of bakes", (double)
                    Duration.between(began, Instant.now()).toSeconds());
            proof.andNoLeak().andNoCommandSentTwice();
            assertThat(crew.farewells()).containsOnly(ENDED_BY_SIGTERM);
        }
    }
}
