package org.amibakery.acceptance.faults;

import static org.awaitility.Awaitility.await;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;

/** A bake that runs. */
public final class StartedBake {
    private final WorkflowClient client;
    private final WorkflowStub workflow;

    StartedBake(WorkflowClient client, WorkflowStub workflow) {
        this.client = client;
        this.workflow = workflow;
    }

    void begin(BakeRequest request) {
        workflow.start(request);
    }

    /** Asks for its end, as {@code bakery cancel} does. */
    public void cancel() {
        workflow.cancel();
    }

    /**
     * Asks for its end and waits until its code has heard of it. Temporal's in-memory server needs that before an activity
     * ends: it refuses a workflow task that cancels an activity which has just ended, and never ends that task.
     */
    void cancelAndBeHeard() {
        WorkflowExecution run = workflow.getExecution();
        workflow.cancel();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> wasHeard(client.fetchHistory(run.getWorkflowId()).getEvents()));
    }

    private static boolean wasHeard(List<HistoryEvent> history) {
        List<EventType> types = history.stream().map(HistoryEvent::getEventType).toList();
        int asked = types.indexOf(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED);
        return asked >= 0 && types.subList(asked, types.size()).contains(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    }

    /** Ends it at once and lets none of its code run any more. */
    void terminate() {
        workflow.terminate("by a test");
    }

    /** How it stands. */
    public BakeReport progress() {
        return workflow.query("progress", BakeReport.class);
    }

    /** Waits for its end, good or bad. */
    public BakeEnd end() {
        try {
            return new BakeEnd(workflow.getResult(BakeReport.class));
        } catch (WorkflowFailedException ended) {
            return new BakeEnd(lastReport(ended));
        }
    }

    private BakeReport lastReport(WorkflowFailedException ended) {
        if (ended.getCause() instanceof ApplicationFailure failure) {
            return failure.getDetails().get(BakeReport.class);
        }
        if (ended.getCause() instanceof CanceledFailure) {
            return progress(); // Temporal's in-memory server loses the details
        }
        throw ended;
    }
}
