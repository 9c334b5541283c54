package org.amibakery.aws;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Says how often and since when an activity has been tried.
 *
 * @param number from 1
 * @param since when the first attempt was scheduled
 */
record Attempt(int number, Instant since, Instant now) {
    /** The running activity's; a first one on a thread that runs none, such as a watcher's. */
    static Attempt current() {
        Instant now = Clock.systemUTC().instant();
        try {
            ActivityInfo info = Activity.getExecutionContext().getInfo();
            return new Attempt(info.getAttempt(), Instant.ofEpochMilli(info.getScheduledTimestamp()), now);
        } catch (IllegalStateException outsideOfAnActivity) { // the SDK has no question for it
            return new Attempt(1, now, now);
        }
    }

    boolean isPast(Duration bound) {
        return since.plus(bound).isBefore(now);
    }
}
