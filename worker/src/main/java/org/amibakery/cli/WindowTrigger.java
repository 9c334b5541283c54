package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.cli.ReportFollower.Followed;
import org.amibakery.schedule.ScheduledWindow;
import org.amibakery.schedule.WindowRun;
import org.amibakery.schedule.WindowSchedules;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.RecipeState;
import org.amibakery.window.WindowReport;

/** Opens a window by hand, and follows its run if asked. */
final class WindowTrigger {
    /** A server takes well under a second to begin what was triggered. */
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Surroundings surroundings;
    private final Console console;

    WindowTrigger(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
    }

    ExitCode trigger(ScheduleTriggerCommand asked) {
        return surroundings.temporal().with(temporal -> {
            WindowSchedules schedules = new WindowSchedules(temporal);
            ScheduledWindow window = schedules.named(WindowName.of(asked.name()));
            WorkflowExecution run = begin(schedules, window, asked);
            return asked.isFollowing() ? follow(temporal, run) : tell(window, run);
        });
    }

    private WorkflowExecution begin(WindowSchedules schedules, ScheduledWindow window, ScheduleTriggerCommand asked) {
        if (!window.running().isEmpty()) {
            return running(window, asked);
        }
        return asked.isForcing() ? beginForced(schedules, window) : beginUsual(schedules, window);
    }

    private WorkflowExecution running(ScheduledWindow window, ScheduleTriggerCommand asked) {
        String id = window.running().get(0);
        if (asked.isForcing() || !asked.isFollowing()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Window %s is open already (%s), and is not opened twice. Nothing was started. Follow it with: bakery schedule trigger %s --follow"
                            .formatted(window.name(), id, window.name()));
        }
        console.progress("The window is open already (%s); its end is awaited.".formatted(id));
        return WorkflowExecution.newBuilder().setWorkflowId(id).build();
    }

    private static WorkflowExecution beginUsual(WindowSchedules schedules, ScheduledWindow window) {
        Optional<WindowRun> before = window.recent().stream().findFirst();
        schedules.trigger(window.name());
        Instant patienceEnds = Instant.now().plus(BEGINS_WITHIN);
        while (Instant.now().isBefore(patienceEnds)) {
            Optional<WindowRun> last =
                    schedules.named(window.name()).recent().stream().findFirst();
            if (last.isPresent() && !last.equals(before)) {
                return WorkflowExecution.newBuilder()
                        .setWorkflowId(last.get().workflowId())
                        .setRunId(last.get().runId())
                        .build();
            }
            waitForAMoment();
        }
        throw new CommandFailure(
                ExitCode.UNREACHABLE,
                "Temporal was told to open window %s and has not begun after %s. Look again with: bakery schedule show %s"
                        .formatted(window.name(), BEGINS_WITHIN, window.name()));
    }

    private static void waitForAMoment() {
        try {
            MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.INTERRUPTED, "Interrupted; the window opens all the same.");
        }
    }

    /** Temporal triggers a schedule as it stands, so a run that is to bake everything is started beside it. */
    private static WorkflowExecution beginForced(WindowSchedules schedules, ScheduledWindow window) {
        try {
            return schedules.startForced(window.name());
        } catch (WorkflowExecutionAlreadyStarted running) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A run of window %s that bakes everything goes on already (%s). Nothing was started."
                            .formatted(window.name(), running.getExecution().getWorkflowId()));
        }
    }

    private ExitCode follow(TemporalConnection temporal, WorkflowExecution run) {
        WorkflowStub workflow = temporal.client()
                .newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                        .setWorkflowId(run.getWorkflowId())
                        .build());
        WindowReport report = new ReportFollower<>(
                        temporal,
                        console,
                        new Followed<>(WindowReport.class, "the window", new WindowNews(console.progressPalette())))
                .follow(workflow);
        console.text("%s: %s".formatted(run.getWorkflowId(), WindowText.counts(report)));
        WindowText.lines(report, console.palette()).forEach(line -> console.text("  " + line));
        console.json(WindowJson.of(report));
        return report.recipes().stream().anyMatch(line -> isFailure(line.state()))
                ? ExitCode.BAKE_FAILED
                : ExitCode.DONE;
    }

    private static boolean isFailure(RecipeState state) {
        return switch (state) {
            case FAILED, CANCELED, LEFT_RUNNING -> true;
            case WAITING, CHECKING, BAKING, JOINING, BAKED, JOINED, UNCHANGED, SKIPPED -> false;
        };
    }

    private ExitCode tell(ScheduledWindow window, WorkflowExecution run) {
        console.text("Window %s is open (%s). See what it comes to with: bakery schedule show %s"
                .formatted(window.name(), run.getWorkflowId(), window.name()));
        console.json(JsonNodeFactory.instance
                .objectNode()
                .put("window", window.name())
                .put("workflowId", run.getWorkflowId())
                .put("runId", run.getRunId()));
        return ExitCode.DONE;
    }
}
