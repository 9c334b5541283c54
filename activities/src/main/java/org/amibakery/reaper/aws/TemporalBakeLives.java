package org.amibakery.reaper.aws;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.amibakery.lambdas.orphans.BakeLife;
import org.amibakery.lambdas.orphans.BakeLives;
import org.amibakery.lambdas.orphans.BakeRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Temporal whether a bake lives, once for each bake: for one look, by one thread.
 *
 * <p>It is asked about the run that the tag names first. That run, or one that a reset made of it, must be open for the
 * bake to live; a reset goes on under the run id of the first run, which the new run's first event keeps
 * ({@code WorkflowExecutionStarted.originalExecutionRunId}).
 *
 * <p>A run that this namespace does not know is {@link BakeLife#UNKNOWN}, and what it left waits for its expiry: Temporal
 * may have forgotten it (retention), but another namespace may as well be baking for the same stack, under the same
 * workflow id. So is one without a run's tag, and any of which Temporal does not tell: after the first silence, nothing
 * more is asked.
 */
final class TemporalBakeLives implements BakeLives {
    private static final Logger log = LoggerFactory.getLogger(TemporalBakeLives.class);

    /** A look has two minutes; a server that needs longer than this for one answer counts as away. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WorkflowClient client;
    private final Map<BakeRun, BakeLife> known = new HashMap<>();
    private boolean silent;

    TemporalBakeLives(WorkflowClient client) {
        this.client = requireNonNull(client, "client");
    }

    @Override
    public BakeLife of(BakeRun bake) {
        return known.computeIfAbsent(bake, this::ask);
    }

    private BakeLife ask(BakeRun bake) {
        if (silent || bake.originalRunId().isEmpty()) {
            return BakeLife.UNKNOWN;
        }
        String run = bake.originalRunId().get();
        try {
            return isOpen(describe(bake.workflowId(), run)) ? BakeLife.RUNS : afterItsEnd(bake.workflowId(), run);
        } catch (StatusRuntimeException refused) {
            return untold(bake, refused.getStatus());
        }
    }

    /** The run has ended; the bake goes on only if the current run was made of it by a reset. */
    private BakeLife afterItsEnd(String workflowId, String run) {
        WorkflowExecutionInfo current = describe(workflowId, "");
        return isOpen(current) && originalRunOf(current.getExecution()).equals(run) ? BakeLife.RUNS : BakeLife.ENDED;
    }

    private BakeLife untold(BakeRun bake, Status status) {
        switch (status.getCode()) {
            case NOT_FOUND, INVALID_ARGUMENT -> log.debug("Temporal does not know the bake. bake={}", bake);
            default -> {
                silent = true;
                log.warn(
                        "Temporal does not tell which bakes run, so only what is expired is removed."
                                + " bake={} status={}",
                        bake.workflowId(),
                        status);
            }
        }
        return BakeLife.UNKNOWN;
    }

    private static boolean isOpen(WorkflowExecutionInfo run) {
        return run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /**
     * Tells of a run, or of the current one when none is named.
     *
     * @throws StatusRuntimeException when the namespace does not know it, or does not answer
     */
    private WorkflowExecutionInfo describe(String workflowId, String run) {
        return service()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder()
                                .setWorkflowId(workflowId)
                                .setRunId(run))
                        .build())
                .getWorkflowExecutionInfo();
    }

    private String originalRunOf(WorkflowExecution execution) {
        return service()
                .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(execution)
                        .setMaximumPageSize(1)
                        .build())
                .getHistory()
                .getEvents(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getOriginalExecutionRunId();
    }

    private WorkflowServiceBlockingStub service() {
        return client.getWorkflowServiceStubs().blockingStub().withDeadlineAfter(PATIENCE.toMillis(), MILLISECONDS);
    }
}
