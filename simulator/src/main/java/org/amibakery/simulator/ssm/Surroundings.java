package org.amibakery.simulator.ssm;

import java.time.Duration;
import java.time.Instant;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;

/**
 * Holds what every command of one place goes by.
 *
 * @param place the account and region
 * @param clock tells the time and divides AWS's durations
 * @param timings how long things take on AWS
 * @param agents who picks commands up
 * @param runner does what commands ask for
 * @param outputs takes the whole output
 */
record Surroundings(
        Place place, SimulatorClock clock, Timings timings, Agents agents, CommandRunner runner, OutputStore outputs) {
    Instant now() {
        return clock.now();
    }

    Duration scaled(Duration onAws) {
        return clock.scaled(onAws);
    }

    /** Answers how long the runner lets a step run that has so long on AWS. */
    Duration limit(Duration onAws) {
        return runner.limit(onAws, clock);
    }

    /** Answers how long a reboot takes until the agent runs the script again. */
    Duration reboot() {
        return scaled(timings.boot().plus(timings.agentOnline()));
    }
}
