package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.query.v1.WorkflowQuery;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import java.time.Duration;
import java.util.Optional;
import org.amibakery.temporal.TemporalConnection;

/** Asks a workflow how it stands, once and not for long: the SDK's own query tries again for a minute. */
final class ProgressQuery {
    /** Longer than a worker needs to read a bake's history again, shorter than people wait for a word. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final TemporalConnection temporal;

    ProgressQuery(TemporalConnection temporal) {
        this.temporal = temporal;
    }

    /**
     * Returns the answer of the query {@code progress}.
     *
     * @throws io.grpc.StatusRuntimeException when no worker answers in time
     */
    <R> R ask(WorkflowExecution execution, Class<R> type) {
        Payloads answer = temporal.service()
                .blockingStub()
                .withDeadlineAfter(PATIENCE.toMillis(), MILLISECONDS)
                .queryWorkflow(QueryWorkflowRequest.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setExecution(execution)
                        .setQuery(WorkflowQuery.newBuilder().setQueryType("progress"))
                        .build())
                .getQueryResult();
        return temporal.client().getOptions().getDataConverter().fromPayloads(0, Optional.of(answer), type, type);
    }
}
