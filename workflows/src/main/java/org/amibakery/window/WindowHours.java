package org.amibakery.window;

import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.amibakery.workflow.WorkflowClock;

/**
 * Fixes the hours of one run of a window.
 *
 * @param due when a schedule was to start it; absent where none did
 * @param lastStart nothing starts from this instant on
 */
record WindowHours(Optional<Instant> due, Instant opened, Instant lastStart, Instant closes) {
    /** Temporal sets it on whatever a schedule starts, to the time it was due. */
    static final SearchAttributeKey<OffsetDateTime> SCHEDULED_START =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

    /**
     * Counts from when the run was due and not from when it began, so that a late one does not overrun its hours. A run
     * that was started when these were over for starts was asked for by a person (backfill), and has hours of its own: a
     * schedule of ours catches up no later than that.
     */
    static WindowHours of(MaintenanceWindow window) {
        Optional<Instant> due = Optional.ofNullable(
                        Workflow.getTypedSearchAttributes().get(SCHEDULED_START))
                .map(OffsetDateTime::toInstant);
        // a cron run, which has no such attribute, is begun long before it is due
        WindowHours asDue = openedAt(due.orElseGet(WorkflowClock::now), due, window);
        Instant started = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
        return due.isEmpty() || started.isBefore(asDue.lastStart()) ? asDue : openedAt(started, due, window);
    }

    private static WindowHours openedAt(Instant opened, Optional<Instant> due, MaintenanceWindow window) {
        Instant closes = opened.plus(window.duration());
        return new WindowHours(due, opened, closes.minus(window.cutoff()), closes);
    }

    boolean areOverForStarts() {
        return !WorkflowClock.now().isBefore(lastStart);
    }
}
