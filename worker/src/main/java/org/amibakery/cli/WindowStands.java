package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.amibakery.schedule.WindowRun;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.WindowReport;

/** Looks up how runs of windows stand, for a list: without a word where there is none to be had. */
final class WindowStands {
    private static final int PATIENCE_SECONDS = 5;

    private final TemporalConnection temporal;

    WindowStands(TemporalConnection temporal) {
        this.temporal = temporal;
    }

    WindowStand of(WindowRun run) {
        WorkflowStub workflow = temporal.client()
                .newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                        .setWorkflowId(run.workflowId())
                        .setRunId(run.runId())
                        .build());
        try {
            WorkflowExecutionStatus status = workflow.describe().getStatus();
            return new WindowStand(run, words(status), report(workflow, run, status));
        } catch (WorkflowException forgotten) { // histories are kept for a while only
            return new WindowStand(run, "not known any more", Optional.empty());
        }
    }

    private Optional<WindowReport> report(WorkflowStub workflow, WindowRun run, WorkflowExecutionStatus status) {
        try {
            return switch (status) {
                case WORKFLOW_EXECUTION_STATUS_COMPLETED ->
                    Optional.of(workflow.getResult(PATIENCE_SECONDS, SECONDS, WindowReport.class));
                case WORKFLOW_EXECUTION_STATUS_RUNNING ->
                    Optional.of(new ProgressQuery(temporal)
                            .ask(
                                    WorkflowExecution.newBuilder()
                                            .setWorkflowId(run.workflowId())
                                            .setRunId(run.runId())
                                            .build(),
                                    WindowReport.class));
                default -> Optional.empty();
            };
        } catch (StatusRuntimeException | WorkflowException | TimeoutException unanswered) {
            return Optional.empty();
        }
    }

    private static String words(WorkflowExecutionStatus status) {
        return status.name()
                .replace("WORKFLOW_EXECUTION_STATUS_", "")
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }
}
