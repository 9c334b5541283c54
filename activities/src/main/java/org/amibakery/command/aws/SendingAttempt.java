package org.amibakery.command.aws;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import org.amibakery.failure.LastSighting;

/**
 * Says what came before an attempt to send a command.
 *
 * @param number from 1; an operator who resets an activity starts it again
 * @param rescheduled whether it was scheduled later than the activity was, as after a reset
 * @param heardOf whether an attempt has left heartbeat details, as each does before it sends
 * @param runId of the workflow's present run
 */
record SendingAttempt(int number, boolean rescheduled, boolean heardOf, String runId) {
    static SendingAttempt current() {
        ActivityExecutionContext activity = Activity.getExecutionContext();
        ActivityInfo info = activity.getInfo();
        return new SendingAttempt(
                info.getAttempt(),
                info.getCurrentAttemptScheduledTimestamp() != info.getScheduledTimestamp(),
                activity.getHeartbeatDetails(LastSighting.class).isPresent(),
                info.getWorkflowRunId());
    }

    /** Whether nobody can have sent the command of this comment, which names the first of the workflow's runs. */
    boolean isSurelyTheFirstOf(String comment) {
        return number == 1 && !rescheduled && !heardOf && comment.contains(runId);
    }
}
