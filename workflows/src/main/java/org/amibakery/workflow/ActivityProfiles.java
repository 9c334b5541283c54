package org.amibakery.workflow;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * The ways activities are called. Which errors are worth a retry is not decided here: an activity marks the others
 * non-retryable by its error table.
 */
public final class ActivityProfiles {
    /** One AWS call takes at most one SDK attempt timeout (20 s) and its retries; longer means the worker is gone. */
    private static final Duration ONE_CALL = Duration.ofSeconds(60);

    /** A function starts within some seconds when it was not asked for a while, and answers in less than one otherwise. */
    private static final Duration BRIEF = Duration.ofSeconds(7);

    /** A throttled or failing region is given this long before a step fails. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** In this time 5,400 launches have their turn at the 2 a second that EC2 gives an account from the start. */
    private static final Duration TURN = Duration.ofMinutes(45);

    /** A dead worker is noticed after this long; the watcher heartbeats every third of it. */
    private static final Duration SILENCE = Duration.ofSeconds(12);

    private static final RetryOptions BACK_OFF = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofSeconds(1))
            .setBackoffCoefficient(2)
            .setMaximumInterval(Duration.ofSeconds(30))
            .build();

    private ActivityProfiles() {}

    /**
     * Read-only work before anything exists; one marker in history. A cancellation does not reach a local activity, so
     * it is given up soon: whoever starts the bake can start it again.
     */
    public static LocalActivityOptions local() {
        return LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(ONE_CALL)
                .setScheduleToCloseTimeout(Duration.ofMinutes(2))
                .setRetryOptions(BACK_OFF)
                .build();
    }

    /** The same for what an ordinary activity does if it takes longer: a local one holds up its workflow's task. */
    public static LocalActivityOptions brief(String summary) {
        return LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(BRIEF)
                .setScheduleToCloseTimeout(BRIEF)
                .setRetryOptions(BACK_OFF)
                .setSummary(summary)
                .build();
    }

    /** One AWS call, repeated on throttles and faults for a quarter of an hour. */
    public static ActivityOptions quick(String summary) {
        return base(summary)
                .setStartToCloseTimeout(ONE_CALL)
                .setScheduleToCloseTimeout(PATIENCE)
                .build();
    }

    /**
     * One AWS call whose turn comes by the rate of a task queue of its own and is repeated until an hour
     * has passed. Time in the queue counts towards that, not towards the limit of an attempt.
     */
    public static ActivityOptions paced(String summary, String queue) {
        return base(summary)
                .setTaskQueue(queue)
                .setStartToCloseTimeout(ONE_CALL)
                .setScheduleToCloseTimeout(TURN.plus(PATIENCE))
                .build();
    }

    /** One call, repeated for longer than {@link #quick} does, but not for ever. */
    public static ActivityOptions within(String summary, Duration limit) {
        return base(summary)
                .setStartToCloseTimeout(ONE_CALL)
                .setScheduleToCloseTimeout(limit)
                .build();
    }

    /**
     * A function that works through many images: it stops in time by itself and says where to go on. It is idempotent,
     * so the second run that follows a lost worker does no harm.
     */
    public static ActivityOptions function(String summary) {
        return base(summary)
                .setStartToCloseTimeout(Duration.ofMinutes(5))
                .setScheduleToCloseTimeout(Duration.ofMinutes(30))
                .build();
    }

    /** A look at everything in one place, page by page: read-only, and given up soon, since it is made again. */
    public static ActivityOptions survey(String summary) {
        return base(summary)
                .setStartToCloseTimeout(Duration.ofMinutes(2))
                .setScheduleToCloseTimeout(Duration.ofMinutes(5))
                .build();
    }

    /** A wait that the watcher holds: no thread, no slot, ended by its limit. */
    public static ActivityOptions wait(String summary, Duration limit) {
        return base(summary)
                .setStartToCloseTimeout(limit)
                .setScheduleToCloseTimeout(limit)
                .setHeartbeatTimeout(SILENCE)
                .build();
    }

    /** What must happen however long it takes: no limit but success. */
    public static ActivityOptions untilDone(String summary) {
        return base(summary).setStartToCloseTimeout(ONE_CALL).build();
    }

    /** A wait for what must happen however long it takes; an attempt ends after a day only to start another. */
    public static ActivityOptions waitUntilDone(String summary) {
        return base(summary)
                .setStartToCloseTimeout(Duration.ofDays(1))
                .setHeartbeatTimeout(SILENCE)
                .build();
    }

    private static ActivityOptions.Builder base(String summary) {
        return ActivityOptions.newBuilder()
                .setRetryOptions(BACK_OFF)
                .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                .setSummary(summary);
    }
}
