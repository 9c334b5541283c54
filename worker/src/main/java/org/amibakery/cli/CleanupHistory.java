package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.common.converter.DataConverter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.bake.StepState;
import org.amibakery.temporal.TemporalConnection;

/** Reads from a bake's history what was done, or is being done, to leave nothing of it behind. Thread-safe. */
final class CleanupHistory {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The activities that remove what a bake made, and see it gone. */
    private static final Set<String> CLEANING =
            Set.of("Builder.Find", "Builder.Terminate", "Builder.AwaitGone", "Image.Discard");

    private final TemporalConnection temporal;
    private final DataConverter converter;

    CleanupHistory(TemporalConnection temporal) {
        this.temporal = temporal;
        this.converter = temporal.client().getOptions().getDataConverter();
    }

    /**
     * What was begun so far, in that order.
     *
     * @throws io.grpc.StatusRuntimeException when the server does not answer
     */
    List<CleanupAct> of(WorkflowExecution execution) {
        Map<Long, CleanupAct> acts = new LinkedHashMap<>();
        GetWorkflowExecutionHistoryResponse page = GetWorkflowExecutionHistoryResponse.getDefaultInstance();
        do {
            page = temporal.service()
                    .blockingStub()
                    .withDeadlineAfter(PATIENCE.toMillis(), MILLISECONDS)
                    .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace(temporal.namespace())
                            .setExecution(execution)
                            .setNextPageToken(page.getNextPageToken())
                            .build());
            page.getHistory().getEventsList().forEach(event -> read(event, acts));
        } while (!page.getNextPageToken().isEmpty());
        return List.copyOf(acts.values());
    }

    private void read(HistoryEvent event, Map<Long, CleanupAct> acts) {
        if (event.hasActivityTaskScheduledEventAttributes()) {
            String type = event.getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName();
            if (CLEANING.contains(type)) {
                acts.put(event.getEventId(), new CleanupAct(what(event, type), StepState.RUNNING));
            }
        } else if (event.hasActivityTaskCompletedEventAttributes()) {
            end(event.getActivityTaskCompletedEventAttributes().getScheduledEventId(), StepState.COMPLETED, acts);
        } else if (event.hasActivityTaskFailedEventAttributes()) {
            end(event.getActivityTaskFailedEventAttributes().getScheduledEventId(), StepState.FAILED, acts);
        } else if (event.hasActivityTaskTimedOutEventAttributes()) {
            end(event.getActivityTaskTimedOutEventAttributes().getScheduledEventId(), StepState.FAILED, acts);
        }
    }

    private static void end(long begun, StepState how, Map<Long, CleanupAct> acts) {
        acts.computeIfPresent(begun, (id, act) -> new CleanupAct(act.what(), how));
    }

    /** The activity's summary, which names the thing; its type where a server keeps no summaries. */
    private String what(HistoryEvent event, String type) {
        if (!event.getUserMetadata().hasSummary()) {
            return type;
        }
        return Optional.ofNullable(
                        converter.fromPayload(event.getUserMetadata().getSummary(), String.class, String.class))
                .orElse(type);
    }
}
