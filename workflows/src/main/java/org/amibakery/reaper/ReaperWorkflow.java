package org.amibakery.reaper;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Removes what no living bake owns: it looks in every region, waits, looks again, and acts only on what was an orphan both
 * times. Two of them beside each other do no harm.
 */
@WorkflowInterface
public interface ReaperWorkflow {
    /** The type's name, which schedules and other clients write. */
    String TYPE = "ReaperWorkflow";

    /** The id of a stack's reaper; the runs of its schedule begin with it. */
    static String id(String stack) {
        return "reaper/" + stack;
    }

    /** Looks, and does what is asked. Fails only when it cannot find out where to look. */
    @WorkflowMethod(name = TYPE)
    ReaperReport reap(ReaperRequest request);

    /** Tells what was found and done so far. */
    @QueryMethod
    ReaperReport progress();
}
