package org.amibakery.window.temporal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.failure.Failures;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.amibakery.watch.Watch;
import org.amibakery.window.JoinBake;
import org.amibakery.window.JoinedBake;

/**
 * Tells when a family has no running bake any more, and how its last one ended. It asks by the workflow id alone, so it
 * follows a bake that is reset, and a second one that begins as the first ends.
 */
final class BakeEndWatch implements Watch<JoinBake, BakeEndWatch.Stand, JoinedBake> {
    /** The failure type of a bake that Temporal does not know. */
    static final String NO_SUCH_BAKE = "NoSuchBake";

    /** The failure type of a look that Temporal did not answer; the wait goes on. */
    static final String TEMPORAL_SILENT = "TemporalUnavailable";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WorkflowClient client;

    BakeEndWatch(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public String id(JoinBake joined) {
        return joined.workflowId();
    }

    /** Temporal tells of one workflow at a time. */
    @Override
    public int idsPerLook() {
        return 1;
    }

    @Override
    public Map<String, Stand> look(Set<String> ids) {
        Map<String, Stand> seen = new LinkedHashMap<>();
        for (String id : ids) {
            try {
                seen.put(id, standOf(describe(id)));
            } catch (StatusRuntimeException refused) {
                if (refused.getStatus().getCode() != Status.Code.NOT_FOUND) {
                    throw silence(refused);
                }
            } catch (WorkflowServiceException | TimeoutException unanswered) {
                throw silence(unanswered);
            }
        }
        return seen;
    }

    @Override
    public Sighting<JoinedBake> read(Waiting<JoinBake> waiting, Optional<Stand> seen) {
        String id = waiting.subject().workflowId();
        if (seen.isEmpty()) {
            return Sighting.gone(ApplicationFailure.newNonRetryableFailure(
                    "Temporal does not know %s any more, so how it ended is unknown. Look at the family's images."
                            .formatted(id),
                    NO_SUCH_BAKE));
        }
        return seen.get().end().map(Sighting::arrived).orElseGet(() -> Sighting.notYet("%s runs", id));
    }

    private WorkflowExecutionInfo describe(String id) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .withDeadlineAfter(PATIENCE.toMillis(), MILLISECONDS)
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                        .build())
                .getWorkflowExecutionInfo();
    }

    private Stand standOf(WorkflowExecutionInfo run) throws TimeoutException {
        if (run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
            return new Stand(Optional.empty());
        }
        try {
            BakeReport report = client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                            .setWorkflowId(run.getExecution().getWorkflowId())
                            .setRunId(run.getExecution().getRunId())
                            .build())
                    .getResult(PATIENCE.toSeconds(), SECONDS, BakeReport.class);
            return new Stand(Optional.of(new JoinedBake(BakeState.COMPLETED, report.image(), "")));
        } catch (WorkflowFailedException failed) {
            return new Stand(Optional.of(unfinished(failed)));
        }
    }

    private static JoinedBake unfinished(WorkflowFailedException failed) {
        Throwable why = failed.getCause() == null ? failed : failed.getCause();
        BakeState state = why instanceof CanceledFailure ? BakeState.CANCELED : BakeState.FAILED;
        return new JoinedBake(state, Optional.empty(), Failures.rootMessage(why));
    }

    private static ApplicationFailure silence(Exception unanswered) {
        return ApplicationFailure.newFailureWithCause(
                "Temporal does not tell how the bake stands: " + unanswered.getMessage(), TEMPORAL_SILENT, unanswered);
    }

    /** How a bake stands: without an end while it runs. */
    record Stand(Optional<JoinedBake> end) {}
}
