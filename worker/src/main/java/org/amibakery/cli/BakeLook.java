package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.bake.BakeReport;
import org.amibakery.failure.LastSighting;
import org.amibakery.temporal.TemporalConnection;

/** Looks at a bake once: what it tells itself, what its activities wait for, and what hinders it. Thread-safe. */
final class BakeLook {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TemporalConnection temporal;
    private final DataConverter converter;
    private final BakeHistory history;
    private final CleanupHistory cleanups;

    BakeLook(TemporalConnection temporal) {
        this.temporal = temporal;
        this.converter = temporal.client().getOptions().getDataConverter();
        this.history = new BakeHistory(temporal);
        this.cleanups = new CleanupHistory(temporal);
    }

    /**
     * Looks again after an earlier look.
     *
     * @throws CommandFailure when there is no such bake
     * @throws StatusRuntimeException when the server does not answer
     */
    BakeSighting after(BakeSighting earlier) {
        DescribeWorkflowExecutionResponse description = describe(earlier.workflowId());
        WorkflowExecution execution = description.getWorkflowExecutionInfo().getExecution();
        WorkflowExecutionStatus status = description.getWorkflowExecutionInfo().getStatus();
        if (status != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
            BakeReport last =
                    history.result(execution, () -> lastProgress(execution).or(earlier::report));
            return BakeSighting.ended(last, cleanup(execution, last));
        }
        Optional<Duration> usual =
                earlier.report().isPresent() ? earlier.usual() : history.lastDuration(earlier.workflowId());
        try {
            BakeReport report = progress(execution);
            return new BakeSighting(
                    earlier.workflowId(),
                    BakeSighting.Sight.UNDER_WAY,
                    Optional.of(report),
                    waits(description),
                    cleanup(execution, report),
                    "",
                    usual);
        } catch (StatusRuntimeException unanswered) {
            return new BakeSighting(
                    earlier.workflowId(),
                    BakeSighting.Sight.UNDER_WAY,
                    earlier.report(),
                    waits(description),
                    earlier.cleanup(),
                    hindrance(),
                    usual);
        }
    }

    private List<CleanupAct> cleanup(WorkflowExecution execution, BakeReport report) {
        return switch (report.state()) {
            case RUNNING, HELD, COMPLETED -> List.of();
            case CLEANING_UP, FAILED, CANCELED -> cleanups.of(execution);
        };
    }

    private DescribeWorkflowExecutionResponse describe(String workflowId) {
        try {
            return service(PATIENCE)
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(temporal.namespace())
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .build());
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "There is no bake %s in namespace %s. See which run with: bakery status"
                                .formatted(workflowId, temporal.namespace()));
            }
            throw refused;
        }
    }

    private BakeReport progress(WorkflowExecution execution) {
        return new ProgressQuery(temporal).ask(execution, BakeReport.class);
    }

    /** An ended bake still answers, as long as there is a worker to read its history. */
    private Optional<BakeReport> lastProgress(WorkflowExecution execution) {
        try {
            return Optional.of(progress(execution));
        } catch (StatusRuntimeException unanswered) {
            return Optional.empty();
        }
    }

    private List<String> waits(DescribeWorkflowExecutionResponse description) {
        return description.getPendingActivitiesList().stream()
                .flatMap(this::lastWords)
                .filter(words -> !words.isBlank())
                .distinct()
                .toList();
    }

    /** What the activity saw last; or why it is tried again, which is news. */
    private Stream<String> lastWords(PendingActivityInfo activity) {
        if (activity.getAttempt() > 1 && activity.hasLastFailure()) {
            return Stream.of("attempt %d, as %s".formatted(activity.getAttempt(), message(activity.getLastFailure())));
        }
        if (!activity.hasHeartbeatDetails()) {
            return Stream.empty();
        }
        try {
            LastSighting seen = converter.fromPayloads(
                    0, Optional.of(activity.getHeartbeatDetails()), LastSighting.class, LastSighting.class);
            return Stream.ofNullable(seen).flatMap(sighting -> Stream.ofNullable(sighting.state()));
        } catch (DataConverterException anotherActivitysDetails) {
            return Stream.empty();
        }
    }

    /** Failures are encrypted with the rest. */
    private String message(Failure failure) {
        return converter.failureToException(failure) instanceof TemporalFailure told
                ? told.getOriginalMessage()
                : failure.getMessage();
    }

    private String hindrance() {
        PollingWorkers workers = new PollingWorkers(temporal);
        return workers.areThere()
                ? "The worker does not answer at the moment; it may be busy reading the bake's history."
                : workers.absence("the bake");
    }

    private WorkflowServiceBlockingStub service(Duration patience) {
        return temporal.service().blockingStub().withDeadlineAfter(patience.toMillis(), MILLISECONDS);
    }
}
