package org.amibakery.simulator.ssm;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.simulator.world.ParameterStore;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;
import org.amibakery.simulator.world.Uuids;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Stands in for Systems Manager in all accounts and regions of one simulated world. Safe for use by several threads. */
public final class SystemsManager {
    private final Setup setup;
    private final Map<Place, SimulatedSsm> places = new ConcurrentHashMap<>();

    /** Starts without parameters or commands, and with the documents AWS provides. */
    public SystemsManager(Setup setup) {
        this.setup = requireNonNull(setup, "setup");
    }

    /**
     * Holds what Systems Manager goes by.
     *
     * @param clock tells the time and divides AWS's durations
     * @param timings how long things take on AWS
     * @param ids makes command ids
     * @param neighbours shows what EC2 has
     * @param runner does what commands ask for
     * @param outputs takes the whole output of commands
     */
    public record Setup(
            SimulatorClock clock,
            Timings timings,
            Uuids ids,
            Neighbours neighbours,
            CommandRunner runner,
            OutputStore outputs) {
        /** Refuses absent parts. */
        public Setup {
            requireNonNull(clock, "clock");
            requireNonNull(timings, "timings");
            requireNonNull(ids, "ids");
            requireNonNull(neighbours, "neighbours");
            requireNonNull(runner, "runner");
            requireNonNull(outputs, "outputs");
        }
    }

    /** Answers the Systems Manager an account sees in a region. */
    public SsmClient clientFor(Place place) {
        return at(place);
    }

    /** Answers the parameters of a place, for EC2. */
    public ParameterStore parameters(Place place) {
        return at(place).parameters();
    }

    /** Changes the facts of a place. */
    public SsmFacts facts(Place place) {
        return at(place).facts();
    }

    private SimulatedSsm at(Place place) {
        return places.computeIfAbsent(place, wanted -> new SimulatedSsm(setup, wanted));
    }
}
