package org.amibakery.lambdas;

import java.time.Clock;
import java.time.Instant;

/** Says when a run must end and hand out a continuation, but never before it settled something, so that each run helps. */
public final class TimeLimit {
    private final Clock clock;
    private final Instant deadline;
    private boolean helped;

    /** Takes the clock, and the instant after which nothing new is begun. */
    public TimeLimit(Clock clock, Instant deadline) {
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Returns the clock by which time runs out. */
    public Clock clock() {
        return clock;
    }

    /** Tells whether the time is up, whatever was settled. */
    public boolean isOver() {
        return !clock.instant().isBefore(deadline);
    }

    /** Tells whether to stop before the next image, and otherwise takes that image as settled. */
    public boolean stopsBeforeNext() {
        if (helped && isOver()) {
            return true;
        }
        helped = true;
        return false;
    }
}
