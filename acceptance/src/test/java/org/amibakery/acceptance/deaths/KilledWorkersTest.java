package org.amibakery.acceptance.deaths;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** Workers that are killed again and again, wherever they are. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_DEATHS)
class KilledWorkersTest {
    private static final int KILLS = 60;
    private static final int BAKES_AT_ONCE = 24;

    /** After so many kills no more bakes are started: those that run get the rest. */
    private static final int KILLS_OF_NEW_BAKES = 40;

    /** A new worker is ready after some three seconds, so two of the three poll most of the time. */
    private static final int WORKERS = 3;

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.real("killed workers");

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void all_bakes_complete_however_often_their_workers_are_killed() throws Exception {
        Chance chance = Chance.announced("killed workers");
        try (Bakehouse house = Bakehouse.open(
                        TemporalDevServer.require(), SimulatorOptions.defaults().withSpeed(60));
                Crew crew = Crew.of(WORKERS, QuickWorkers.prepare(house.environment(), folder)::start)) {
            List<RealBake> bakes = new ArrayList<>(house.start(BAKES_AT_ONCE, "killed"));

            for (int kill = 1; kill <= KILLS; kill++) {
                chance.pause(Duration.ofMillis(300), Duration.ofMillis(2_000));
                crew.replaceKilled(chance.oneOf(crew.atWork()));
                FIGURES.note("kills", kill);
                if (kill <= KILLS_OF_NEW_BAKES && running(bakes) < BAKES_AT_ONCE) {
                    bakes.add(house.start("killed-later-" + kill));
                }
            }

            try {
                Proof.thatAllComplete(house, bakes, Duration.ofMinutes(4))
                        .andNoLeak()
                        .andNoCommandSentTwice();
            } finally {
                FIGURES.note("bakes", bakes.size());
                FIGURES.count(KILLS, house.aws().ledger());
            }
        }
    }

    private static long running(List<RealBake> bakes) {
        return bakes.stream().filter(bake -> !bake.hasEnded()).count();
    }
}
