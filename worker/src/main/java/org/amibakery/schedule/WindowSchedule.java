package org.amibakery.schedule;

import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.window.MaintenanceWindow;
import org.amibakery.window.MaintenanceWindowWorkflow;
import org.amibakery.window.reading.WindowFile;
import org.amibakery.window.reading.WrittenWindow;

/** Writes a window as a Temporal Schedule. */
final class WindowSchedule {
    /** A run that was missed for longer is not made up for; the default is a year. */
    private static final Duration LONGEST_CATCH_UP = Duration.ofHours(12);

    /** The least that Temporal takes (SchedulePolicies, catchup_window). */
    private static final Duration SHORTEST_CATCH_UP = Duration.ofSeconds(10);

    /** For retention and for a worker that is away as the window ends; then the run ends by force, and bakes go on. */
    private static final Duration LEEWAY = Duration.ofHours(2);

    private static final String NOTE =
            "AMI Bakery: bakes %d recipes, %s at %s. Change it in its file, with: bakery schedule apply";

    private WindowSchedule() {}

    /** The schedule of a window that is not paused. */
    static Schedule of(WrittenWindow window) {
        return of(window, ScheduleState.newBuilder().setNote(note(window)).build());
    }

    /** The schedule of a window, which stays paused where a person or a run has paused it. */
    static Schedule of(WrittenWindow window, ScheduleState before) {
        MaintenanceWindow request = window.request();
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(MaintenanceWindowWorkflow.TYPE)
                        .setArguments(request)
                        .setOptions(options(request).build())
                        .build())
                .setSpec(spec(window.file()))
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                        .setCatchupWindow(catchUp(request))
                        .build())
                .setState(
                        before.isPaused()
                                ? before
                                : ScheduleState.newBuilder(before)
                                        .setNote(note(window))
                                        .build())
                .build();
    }

    /** What a run is started with, by the schedule or by hand. */
    static WorkflowOptions.Builder options(MaintenanceWindow window) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(MaintenanceWindowWorkflow.id(window.name()))
                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                .setWorkflowRunTimeout(limit(window))
                .setStaticSummary("Maintenance window %s of %d recipes"
                        .formatted(window.name(), window.recipes().size()))
                .setStaticDetails("Bakes what changed among %s."
                        .formatted(window.recipes().stream()
                                .map(recipe -> recipe.recipe().path("name").asText())
                                .collect(Collectors.joining(", "))))
                .setMemo(Map.of("window", window.name()));
    }

    /** Behind the sign # the server keeps what the author wrote; the rest it turns into a calendar. */
    private static ScheduleSpec spec(WindowFile file) {
        return ScheduleSpec.newBuilder()
                .setCronExpressions(List.of("%s # %s".formatted(file.cron(), file.cron())))
                .setTimeZoneName(file.timeZone())
                .setJitter(file.jitter())
                .build();
    }

    /** A run that begins after the cut-off would bake nothing. */
    private static Duration catchUp(MaintenanceWindow window) {
        Duration untilCutoff = window.duration().minus(window.cutoff());
        if (untilCutoff.compareTo(SHORTEST_CATCH_UP) < 0) {
            return SHORTEST_CATCH_UP;
        }
        return untilCutoff.compareTo(LONGEST_CATCH_UP) < 0 ? untilCutoff : LONGEST_CATCH_UP;
    }

    /** A run that hangs, whatever the reason, would skip all that follow. */
    private static Duration limit(MaintenanceWindow window) {
        return window.duration()
                .plus(window.patience().orElse(MaintenanceWindow.USUAL_PATIENCE))
                .plus(LEEWAY);
    }

    private static String note(WrittenWindow window) {
        return NOTE.formatted(
                window.recipes().size(), window.file().cron(), window.file().timeZone());
    }
}
