package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.amibakery.bake.BakeReport;
import org.amibakery.temporal.TemporalConnection;

/** Finds bakes that run and reads those that ended. Thread-safe. */
final class BakeHistory {
    private static final int MOST_LISTED = 1_000;
    private static final int PATIENCE_SECONDS = 10;

    private final TemporalConnection temporal;

    BakeHistory(TemporalConnection temporal) {
        this.temporal = temporal;
    }

    /**
     * How an ended bake ended.
     *
     * @param lastKnown tells how far the bake came; asked only where the end itself does not tell
     */
    BakeReport result(WorkflowExecution execution, Supplier<Optional<BakeReport>> lastKnown) {
        try {
            return temporal.client()
                    .newUntypedWorkflowStub(
                            WorkflowTargetOptions.newBuilder()
                                    .setWorkflowId(execution.getWorkflowId())
                                    .setRunId(execution.getRunId())
                                    .build(),
                            Optional.empty())
                    .getResult(BakeReport.class);
        } catch (WorkflowFailedException failed) {
            return reported(failed).orElseGet(() -> UnreportedEnd.of(execution, lastKnown.get(), failed));
        }
    }

    /** How long the last completed bake of the same id took, if the server can tell. */
    Optional<Duration> lastDuration(String workflowId) {
        try {
            return list("WorkflowId = '%s' AND ExecutionStatus = 'Completed'".formatted(workflowId), 1).stream()
                    .findFirst()
                    .map(last -> Duration.between(instant(last.getStartTime()), instant(last.getCloseTime())));
        } catch (StatusRuntimeException unknown) {
            return Optional.empty(); // it would only have been nice to know
        }
    }

    /**
     * The bakes that run, newest first.
     *
     * @throws CommandFailure when the server has no visibility
     */
    List<WorkflowExecutionInfo> running() {
        try {
            return list("WorkflowType = 'BakeWorkflow' AND ExecutionStatus = 'Running'", MOST_LISTED);
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "The server at %s cannot list workflows. Name the bake: bakery status bake/RECIPE/REGION"
                                .formatted(temporal.address()));
            }
            throw refused;
        }
    }

    /** The workflow id of what somebody typed: an id, or the name of a recipe that is baked in one region only. */
    String idOf(String typed) {
        if (typed.contains("/")) {
            return typed;
        }
        List<String> ids = running().stream()
                .map(bake -> bake.getExecution().getWorkflowId())
                .filter(id -> BakeName.ofId(id).recipe().equals(typed))
                .distinct()
                .toList();
        return switch (ids.size()) {
            case 0 ->
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "No bake of %s runs. One that ended is found by its id: bake/%s/REGION"
                                .formatted(typed, typed));
            case 1 -> ids.get(0);
            default ->
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "%s is baked in several regions; name one of: %s".formatted(typed, String.join(", ", ids)));
        };
    }

    static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private List<WorkflowExecutionInfo> list(String query, int most) {
        return temporal.service()
                .blockingStub()
                .withDeadlineAfter(PATIENCE_SECONDS, SECONDS)
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setQuery(query)
                        .setPageSize(most)
                        .build())
                .getExecutionsList();
    }

    private static Optional<BakeReport> reported(WorkflowFailedException failed) {
        return failed.getCause() instanceof ApplicationFailure failure
                        && failure.getDetails().getSize() > 0
                ? Optional.ofNullable(failure.getDetails().get(BakeReport.class))
                : Optional.empty();
    }
}
