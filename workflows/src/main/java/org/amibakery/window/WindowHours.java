package org.amibakery.window;

import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.amibakery.workflow.WorkflowClock;

/**
 * Fixes the hours of one run of a window.
 *
 * @param lastStart nothing starts from this instant on
 */
record WindowHours(Instant opened, Instant lastStart, Instant closes) {
    /** Temporal sets it on whatever a schedule starts, to the time it was due. */
    static final SearchAttributeKey<OffsetDateTime> SCHEDULED_START =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

    /**
     * Counts from when the run was due and not from when it began, so that a late one does not overrun its hours. A run
     * that was started when these were over for starts was asked for by a person (backfill), and has hours of its own: a
     * schedule of ours catches up no later than that.
     */
    static WindowHours of(MaintenanceWindow window) {
        OffsetDateTime due = Workflow.getTypedSearchAttributes().get(SCHEDULED_START);
        if (due == null) {
            return openedAt(WorkflowClock.now(), window); // a cron run is begun long before it is due
        }
        WindowHours asDue = openedAt(due.toInstant(), window);
        Instant started = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
        return started.isBefore(asDue.lastStart()) ? asDue : openedAt(started, window);
    }

    private static WindowHours openedAt(Instant opened, MaintenanceWindow window) {
        Instant closes = opened.plus(window.duration());
        return new WindowHours(opened, closes.minus(window.cutoff()), closes);
    }

    boolean areOverForStarts() {
        return !WorkflowClock.now().isBefore(lastStart);
    }
}
