package org.amibakery.acceptance.deaths;

import static org.awaitility.Awaitility.await;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.StepState;

/** A bake on the real server, which may be away while it is asked. */
final class RealBake {
    private final String id;
    private final WorkflowStub workflow;

    RealBake(String id, WorkflowStub workflow) {
        this.id = id;
        this.workflow = workflow;
    }

    void begin(BakeRequest request) {
        workflow.start(request);
    }

    String id() {
        return id;
    }

    /** Asks for its end, as {@code temporal workflow cancel} does. */
    void cancel() {
        workflow.cancel();
    }

    boolean hasEnded() {
        return workflow.describe().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /** Waits until this step runs, or is past. */
    void awaitStep(BakeStep step) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> workflow.query("progress", BakeReport.class).steps().stream()
                        .anyMatch(one -> one.step() == step && one.state() != StepState.PENDING));
    }

    /** Waits for its end, good or bad. */
    BakeReport end(Duration within) {
        await(id + " ended")
                .atMost(within)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(this::hasEnded);
        return report();
    }

    /** What it told when it ended. */
    BakeReport report() {
        try {
            return workflow.getResult(BakeReport.class);
        } catch (WorkflowFailedException ended) {
            return lastReport(ended);
        }
    }

    private BakeReport lastReport(WorkflowFailedException ended) {
        if (ended.getCause() instanceof ApplicationFailure failure) {
            return failure.getDetails().get(BakeReport.class);
        }
        if (ended.getCause() instanceof CanceledFailure) {
            return workflow.query("progress", BakeReport.class); // the SDK does not hand the details out
        }
        throw ended;
    }
}
