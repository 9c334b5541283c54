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
 * @param since when the first attempt was scheduled; of a launch, when it began, as it waited for its turn until then
 * @param now when this one was; both by Temporal's clock, since the worker's may be wrong
 */
public record Attempt(int number, Instant since, Instant now) {
    /** The running activity's; a first one on a thread that runs none, such as a watcher's. */
    public static Attempt current() {
        try {
            ActivityInfo info = Activity.getExecutionContext().getInfo();
            return new Attempt(
                    info.getAttempt(),
                    Instant.ofEpochMilli(info.getScheduledTimestamp()),
                    Instant.ofEpochMilli(info.getCurrentAttemptScheduledTimestamp()));
        } catch (IllegalStateException outsideOfAnActivity) { // the SDK has no question for it
            Instant now = Clock.systemUTC().instant();
            return new Attempt(1, now, now);
        }
    }

    boolean isPast(Duration bound) {
        return since.plus(bound).isBefore(now);
    }
}
