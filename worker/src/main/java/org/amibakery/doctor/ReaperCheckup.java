package org.amibakery.doctor;

import java.util.List;
import org.amibakery.reaper.ReaperWorkflow;
import org.amibakery.schedule.ReaperSchedule;
import org.amibakery.temporal.TemporalConnection;

/** Examines whether somebody removes what terminated bakes leave. */
final class ReaperCheckup implements Checkup {
    private static final String SUBJECT = "reaper";

    private final TemporalConnection temporal;
    private final String stack;

    ReaperCheckup(TemporalConnection temporal, String stack) {
        this.temporal = temporal;
        this.stack = stack;
    }

    @Override
    public List<Finding> examine() {
        String id = ReaperWorkflow.id(stack);
        return List.of(
                switch (new ReaperSchedule(temporal).stand(stack)) {
                    case RUNS -> Finding.good(SUBJECT, "The schedule %s runs it every 15 minutes.".formatted(id));
                    case PAUSED ->
                        Finding.warning(
                                SUBJECT,
                                "The schedule %s is paused, so what a terminated bake leaves stays until it expires."
                                        .formatted(id),
                                "temporal schedule toggle --unpause --reason \"...\" --schedule-id " + id);
                    case ABSENT ->
                        Finding.warning(
                                SUBJECT,
                                "There is no schedule %s, so what a terminated bake leaves stays until it expires."
                                        .formatted(id),
                                "bakery doctor --fix, or start a worker, which installs it.");
                    case BY_CRON ->
                        Finding.good(
                                SUBJECT, "This server has no schedules; a workflow with a cron expression runs it.");
                });
    }
}
