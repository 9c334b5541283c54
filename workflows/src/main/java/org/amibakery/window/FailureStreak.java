package org.amibakery.window;

import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import org.amibakery.failure.Failures;
import org.amibakery.workflow.ActivityProfiles;

/**
 * Counts the failed runs of a window in a row, and pauses its schedule when there are too many: what fails week after week
 * costs money, and is hidden by its own repetition.
 */
final class FailureStreak {
    /** Temporal sets it on whatever a schedule starts. */
    static final SearchAttributeKey<String> SCHEDULED_BY = SearchAttributeKey.forKeyword("TemporalScheduledById");

    private final MaintenanceWindow window;
    private final LastRun last;
    private final WindowProgress progress;

    FailureStreak(MaintenanceWindow window, LastRun last, WindowProgress progress) {
        this.window = window;
        this.last = last;
        this.progress = progress;
    }

    /** Counts this run, and pauses the schedule if it must. */
    void count() {
        int failed = progress.hasFailed() ? last.failedInARow() + 1 : 0;
        progress.failedInARow(failed);
        window.pauseAfterFailures().filter(most -> failed >= most).ifPresent(most -> pause(failed));
    }

    private void pause(int failed) {
        String schedule = Workflow.getTypedSearchAttributes().get(SCHEDULED_BY);
        if (schedule == null) {
            progress.warn("%d runs failed in a row, and no schedule started this one that could be paused."
                    .formatted(failed));
            return;
        }
        String why = "%d runs failed in a row, the last one %s: %s"
                .formatted(failed, Workflow.getInfo().getWorkflowId(), progress.failures());
        try {
            Workflow.newActivityStub(ScheduleActivities.class, ActivityProfiles.quick("pause " + schedule))
                    .pause(new PauseSchedule(
                            schedule,
                            "Paused by AMI Bakery: %s Resume it with: bakery schedule resume %s"
                                    .formatted(why, window.name())));
            progress.paused(why);
        } catch (TemporalFailure failure) {
            progress.warn("%s The window could not be paused: %s".formatted(why, Failures.rootMessage(failure)));
        }
    }
}
