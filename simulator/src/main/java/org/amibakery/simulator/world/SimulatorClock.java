package org.amibakery.simulator.world;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time and shortens durations. The clock itself is never sped up, since clients sign requests with theirs;
 * only the durations that AWS would take are divided by the speed.
 */
public final class SimulatorClock {
    private final Clock clock;
    private final double speed;

    private SimulatorClock(Clock clock, double speed) {
        this.clock = requireNonNull(clock, "clock");
        if (!(speed > 0)) {
            throw new IllegalArgumentException("The speed must be greater than 0, not " + speed);
        }
        this.speed = speed;
    }

    /** Runs on the wall clock; a speed of 60 turns a minute of AWS into a second. */
    public static SimulatorClock atSpeed(double speed) {
        return new SimulatorClock(Clock.systemUTC(), speed);
    }

    /** Runs on a clock that the caller moves, for tests of time itself. */
    public static SimulatorClock on(Clock clock) {
        return on(clock, 1);
    }

    /** Runs on a clock that the caller moves, and divides durations by a speed. */
    public static SimulatorClock on(Clock clock, double speed) {
        return new SimulatorClock(clock, speed);
    }

    public Instant now() {
        return clock.instant();
    }

    /** Divides a duration of real AWS by the speed. */
    public Duration scaled(Duration onAws) {
        return Duration.ofNanos((long) (onAws.toNanos() / speed));
    }

    public double speed() {
        return speed;
    }
}
