package org.amibakery.schedule;

import static java.util.Objects.requireNonNull;

import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import java.time.Duration;
import java.util.List;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.reaper.ReaperRequest;
import org.amibakery.reaper.ReaperWorkflow;
import org.amibakery.temporal.TemporalConnection;

/**
 * Lets Temporal start the reaper of a stack every 15 minutes: by the schedule {@code reaper/<stack>}, or by the
 * workflow {@code reaper/<stack>/cron} with a cron expression where the server has no schedules.
 */
public final class ReaperSchedule {
    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final String EVERY_AS_CRON = "*/15 * * * *";

    /** Stacks that share a namespace do not all look at the same second. */
    private static final Duration JITTER = Duration.ofMinutes(1);

    /** After an outage one run makes up for all that were missed; the default is a year. */
    private static final Duration CATCH_UP_WITHIN = Duration.ofHours(1);

    /** A run that hangs would skip all that follow. Ending it needs no cleanup: the next one starts from what is there. */
    private static final Duration RUN_LIMIT = Duration.ofHours(1);

    private static final String NOTE =
            "AMI Bakery: removes what bakes of stack %s left behind that nobody needs any more."
                    + " Pause it to keep everything; bakery reaper plan shows what it would do.";

    private final TemporalConnection temporal;

    /** Takes the server and the namespace that bakes. */
    public ReaperSchedule(TemporalConnection temporal) {
        this.temporal = requireNonNull(temporal, "temporal");
    }

    /** What an installation found. */
    public enum Installed {
        /** Nothing was there, and now the schedule is. */
        NEW,
        /** It was there already, and was left as it is: an operator may have paused or changed it. */
        AS_IT_WAS
    }

    /**
     * Installs it, if it is not there yet; several workers may do so at once.
     *
     * @throws RuntimeException when the server does not answer, or does not allow it
     */
    public Installed install(String stack) {
        try {
            Schedules.of(temporal)
                    .createSchedule(
                            ReaperWorkflow.id(stack),
                            schedule(stack),
                            ScheduleOptions.newBuilder().build());
            return Installed.NEW;
        } catch (ScheduleAlreadyRunningException there) {
            return Installed.AS_IT_WAS;
        } catch (RuntimeException refused) {
            if (!Schedules.areMissing(refused)) {
                throw refused;
            }
            return installAsCron(stack);
        }
    }

    /** How it stands. */
    public enum Stand {
        RUNS,
        PAUSED,
        ABSENT,
        /** The server has no schedules, and a cron expression runs it. */
        BY_CRON
    }

    /** Tells how it stands, and changes nothing. */
    public Stand stand(String stack) {
        try {
            ScheduleState state = Schedules.of(temporal)
                    .getHandle(ReaperWorkflow.id(stack))
                    .describe()
                    .getSchedule()
                    .getState();
            return state.isPaused() ? Stand.PAUSED : Stand.RUNS;
        } catch (RuntimeException refused) {
            if (Schedules.isNotFound(refused)) {
                return Stand.ABSENT;
            }
            if (Schedules.areMissing(refused)) {
                return standByCron(stack);
            }
            throw refused;
        }
    }

    private Stand standByCron(String stack) {
        try {
            WorkflowExecutionStatus status = temporal.client()
                    .newUntypedWorkflowStub(cronId(stack))
                    .describe()
                    .getStatus();
            return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING ? Stand.BY_CRON : Stand.ABSENT;
        } catch (WorkflowNotFoundException absent) {
            return Stand.ABSENT;
        }
    }

    private static Schedule schedule(String stack) {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(ReaperWorkflow.TYPE)
                        .setArguments(ReaperRequest.removal(stack))
                        .setOptions(options(stack).build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder()
                        .setIntervals(List.of(new ScheduleIntervalSpec(EVERY)))
                        .setJitter(JITTER)
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                        .setCatchupWindow(CATCH_UP_WITHIN)
                        .build())
                .setState(ScheduleState.newBuilder()
                        .setNote(NOTE.formatted(stack))
                        .build())
                .build();
    }

    private Installed installAsCron(String stack) {
        WorkflowOptions options = options(stack)
                .setWorkflowId(cronId(stack))
                .setCronSchedule(EVERY_AS_CRON)
                .build();
        try {
            temporal.client()
                    .newUntypedWorkflowStub(ReaperWorkflow.TYPE, options)
                    .start(ReaperRequest.removal(stack));
            return Installed.NEW;
        } catch (WorkflowExecutionAlreadyStarted there) {
            return Installed.AS_IT_WAS;
        }
    }

    /** Of its own, since a cron workflow is always open: whoever joined it by hand would wait for ever. */
    private static String cronId(String stack) {
        return ReaperWorkflow.id(stack) + "/cron";
    }

    private static WorkflowOptions.Builder options(String stack) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(ReaperWorkflow.id(stack))
                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                .setWorkflowRunTimeout(RUN_LIMIT)
                .setStaticSummary("Remove what bakes of %s left behind".formatted(stack));
    }
}
