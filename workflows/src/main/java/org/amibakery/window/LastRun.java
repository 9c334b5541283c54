package org.amibakery.window;

import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Knows the window's last run that completed, whose report Temporal hands to the next one of the same schedule. */
final class LastRun {
    private final MaintenanceWindow window;
    private final Optional<WindowReport> report;

    LastRun(MaintenanceWindow window) {
        this.window = window;
        report = Optional.ofNullable(Workflow.getLastCompletionResult(WindowReport.class));
    }

    /** How many runs in a row had failed by its end; a person who resumed a paused window wants as many tries again. */
    int failedInARow() {
        return report.filter(before -> before.paused().isEmpty())
                .map(WindowReport::failedRunsInARow)
                .orElse(0);
    }

    /**
     * Whether it was due at the same time of the same day: clocks went back in between, and a schedule opens the window at
     * both (server 1.29 does so west of Greenwich).
     */
    boolean wasDueAtTheSameTimeOfDay(Optional<Instant> due) {
        Optional<Instant> before = report.flatMap(WindowReport::due);
        return before.isPresent() && due.isPresent() && !before.equals(due) && isSameOnTheWall(before.get(), due.get());
    }

    /** The rules of a zone come from the Java runtime, and a replay may have others: so what they said is in history. */
    private boolean isSameOnTheWall(Instant one, Instant other) {
        return window.opening()
                .map(opening -> Workflow.sideEffect(Boolean.class, () -> {
                    ZoneId zone = ZoneId.of(opening.timeZone());
                    return one.atZone(zone)
                            .toLocalDateTime()
                            .equals(other.atZone(zone).toLocalDateTime());
                }))
                .orElse(false);
    }
}
