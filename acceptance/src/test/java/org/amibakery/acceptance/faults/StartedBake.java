package org.amibakery.acceptance.faults;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;

/** A bake that runs. */
public final class StartedBake {
    private final WorkflowStub workflow;

    StartedBake(WorkflowStub workflow) {
        this.workflow = workflow;
    }

    void begin(BakeRequest request) {
        workflow.start(request);
    }

    /** Asks for its end, as {@code bakery cancel} does. */
    public void cancel() {
        workflow.cancel();
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
