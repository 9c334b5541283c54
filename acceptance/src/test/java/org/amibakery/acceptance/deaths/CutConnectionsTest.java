package org.amibakery.acceptance.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.amibakery.acceptance.deaths.CutLine.Manner;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Workers that live, while what they work with is away. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_SILENCE)
class CutConnectionsTest {
    private static final int BAKES = 10;

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.real("cut connections");

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void bakes_complete_after_temporal_was_killed_and_came_back() throws Exception {
        Chance chance = Chance.announced("temporal away");
        TemporalDevServer temporal = TemporalDevServer.requireWithDatabase(folder.resolve("temporal.db"));
        try (Bakehouse house =
                        Bakehouse.open(temporal, SimulatorOptions.defaults().withSpeed(60));
                Crew crew = Crew.of(1, house.environment())) {
            List<RealBake> bakes = house.start(BAKES, "orphaned");

            for (int outage = 0; outage < 2; outage++) {
                chance.pause(Duration.ofSeconds(3), Duration.ofSeconds(6));
                temporal.kill();
                chance.pause(Duration.ofSeconds(5), Duration.ofSeconds(12));
                temporal.startAgain();
            }

            Proof proof = Proof.thatAllComplete(house, bakes, Duration.ofMinutes(2));
            FIGURES.count(2, house.aws().ledger());
            proof.andNoLeak().andNoCommandSentTwice();
            assertThat(crew.atWork()).as("the same worker").hasSize(1);
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void bakes_complete_after_the_line_to_aws_was_cut_and_mended() throws Exception {
        Chance chance = Chance.announced("line to AWS cut");
        try (Bakehouse house = Bakehouse.open(
                        TemporalDevServer.require(), SimulatorOptions.defaults().withSpeed(60));
                CutLine line = CutLine.to(house.aws().endpoint());
                Crew crew = Crew.of(1, house.environment(line.endpoint()))) {
            List<RealBake> bakes = house.start(BAKES, "cut-off");

            for (Manner cut : List.of(Manner.BREAKS_ANSWERS, Manner.REFUSES, Manner.SWALLOWS)) {
                chance.pause(Duration.ofSeconds(1), Duration.ofSeconds(3));
                line.be(cut);
                chance.pause(Duration.ofSeconds(7), Duration.ofSeconds(11));
                line.be(Manner.WHOLE);
            }

            Proof proof = Proof.thatAllComplete(house, bakes, Duration.ofMinutes(2));
            FIGURES.count(3, house.aws().ledger());
            FIGURES.note("bakes", 2 * BAKES);
            proof.andNoLeak().andNoCommandSentTwice();
            assertThat(crew.atWork()).as("the same worker").hasSize(1);
        }
    }
}
