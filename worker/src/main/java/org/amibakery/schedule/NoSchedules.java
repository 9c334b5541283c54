package org.amibakery.schedule;

/** Tells that this Temporal has no schedules. */
public final class NoSchedules extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSchedules(Throwable cause) {
        super(
                "This Temporal has no schedules, so it can only run windows by a cron expression: bakery schedule apply"
                        + " starts such a workflow, and temporal workflow terminate ends it.",
                cause);
    }
}
