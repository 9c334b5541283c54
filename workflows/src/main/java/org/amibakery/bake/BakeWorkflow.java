package org.amibakery.bake;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Bakes one image in eleven steps, and leaves nothing else behind, whatever happens. */
@WorkflowInterface
public interface BakeWorkflow {
    /** The task queue every worker of the product polls. */
    String TASK_QUEUE = "ami-bakery";

    /**
     * The task queue of launches alone, which every worker of the product polls as well: Temporal hands its tasks out at a
     * rate, to all workers together.
     */
    String LAUNCH_TASK_QUEUE = "ami-bakery-launch";

    /** The workflow id of a family's bakes, of which one runs at a time. */
    static String id(String recipe, String region) {
        return "bake/%s/%s".formatted(recipe, region);
    }

    /**
     * Bakes.
     *
     * <p>Fails with the type of what stopped it (an AWS code or one of ours) and a {@link BakeReport} as detail.
     */
    @WorkflowMethod(name = "BakeWorkflow")
    BakeReport bake(BakeRequest request);

    /** Tells how the bake stands. */
    @QueryMethod
    BakeReport progress();

    /** Keeps the builder for so long should the bake fail, or longer if it is held already. */
    @UpdateMethod
    String hold(HoldRequest request);

    @UpdateValidatorMethod(updateName = "hold")
    void validateHold(HoldRequest request);

    /** Ends a hold: the builder is terminated now. */
    @UpdateMethod
    String release();

    /** Does as {@link #release()} does, without an answer: batches can signal, but not update. */
    @SignalMethod
    void releaseBuilder();
}
