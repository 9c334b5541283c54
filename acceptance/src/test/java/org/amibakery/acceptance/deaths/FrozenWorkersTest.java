package org.amibakery.acceptance.deaths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.FaultTrigger;
import org.amibakery.simulator.world.Timings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Workers that are neither dead nor alive: stopped beyond every timeout, and woken when others have taken over. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_SLEEP)
class FrozenWorkersTest {
    /** What makes, changes or ends something. */
    private static final List<String> CHANGES =
            List.of("RunInstances", "SendCommand", "CreateImage", "CreateTags", "TerminateInstances");

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.real("frozen workers");

    /**
     * The worker is frozen with two calls of each kind on their way. One arrives when another worker has made the same call
     * again, the other one when all is over. A command that has been sent is held on its way back only: AWS had it.
     */
    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void calls_that_arrive_after_others_took_over_do_no_harm() throws Exception {
        try (Bakehouse house = Bakehouse.open(
                        TemporalDevServer.require(), SimulatorOptions.defaults().withTimings(Timings.instant()));
                Crew first = Crew.of(1, house.environment())) {
            RunningProcess zombie = first.atWork().get(0);
            List<Gate> early = CHANGES.stream().map(Gate::new).toList();
            List<Gate> late = CHANGES.stream().map(Gate::new).toList();
            early.forEach(gate -> hold(house, gate, 1));
            late.forEach(gate -> hold(house, gate, 2));
            List<RealBake> bakes = house.start(2 * CHANGES.size() + 1, "frozen");
            Stream.concat(early.stream(), late.stream()).forEach(Gate::awaitCall);

            zombie.freeze();
            Map<String, Integer> made = callsOf(house);
            try (Crew successors = Crew.of(1, house.environment())) {
                awaitMoreCallsThan(made, house);
                early.forEach(Gate::open);
                zombie.wake();
                bakes.forEach(bake -> bake.end(Duration.ofMinutes(2)));
                late.forEach(Gate::open);
                assertThat(zombie.terminate()).isEqualTo(128 + 15); // it has come to terms with every late answer

                FIGURES.count(2 * CHANGES.size(), house.aws().ledger());
                Proof.thatAllComplete(house, bakes, Duration.ofSeconds(10))
                        .andNoLeak()
                        .andNoCommandSentTwice();
                assertThat(successors.atWork()).hasSize(1);
            }
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void workers_frozen_anywhere_and_woken_later_do_no_harm() throws Exception {
        Chance chance = Chance.announced("frozen workers");
        try (Bakehouse house = Bakehouse.open(
                        TemporalDevServer.require(), SimulatorOptions.defaults().withSpeed(60));
                Crew crew = Crew.of(3, house.environment())) {
            List<RealBake> bakes = house.start(20, "stunned");

            List<RunningProcess> frozen = new ArrayList<>();
            for (RunningProcess worker : crew.atWork().subList(0, 2)) {
                chance.pause(Duration.ofSeconds(1), Duration.ofSeconds(4));
                worker.freeze();
                frozen.add(worker);
            }
            chance.pause(Duration.ofSeconds(17), Duration.ofSeconds(22)); // beyond the heartbeats' 15 s
            frozen.forEach(RunningProcess::wake);

            Proof proof = Proof.thatAllComplete(house, bakes, Duration.ofMinutes(2));
            FIGURES.count(frozen.size(), house.aws().ledger());
            FIGURES.note("bakes", bakes.size() + 2 * CHANGES.size() + 1);
            proof.andNoLeak().andNoCommandSentTwice();
        }
    }

    private static void hold(Bakehouse house, Gate gate, int turn) {
        FaultTrigger call = house.aws().faults().on(gate.operation()).atCall(turn);
        var unused = gate.operation().equals("SendCommand")
                ? call.afterCommit(gate.holding())
                : call.beforeCommit(gate.holding());
    }

    /** Without those that are held, which have no answer yet. */
    private static Map<String, Integer> callsOf(Bakehouse house) {
        Map<String, Integer> calls = new TreeMap<>();
        CHANGES.forEach(operation -> calls.put(operation, house.aws().calls().count(operation)));
        return calls;
    }

    /** The successor has made every kind of call: Temporal notices a lost call after 60 s. */
    private static void awaitMoreCallsThan(Map<String, Integer> made, Bakehouse house) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(callsOf(house))
                        .allSatisfy((operation, calls) -> assertThat(calls).isGreaterThan(made.get(operation))));
    }
}
