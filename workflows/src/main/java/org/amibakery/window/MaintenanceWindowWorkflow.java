package org.amibakery.window;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Bakes what changed among a window's recipes, within the window's hours and a few at a time. */
@WorkflowInterface
public interface MaintenanceWindowWorkflow {
    /** The type's name, which schedules and other clients write. */
    String TYPE = "MaintenanceWindowWorkflow";

    /** The failure type of a request that names no window. */
    String INVALID_WINDOW = "InvalidWindow";

    /** The id of a window, of which one run is open at a time; the runs of its schedule begin with it. */
    static String id(String name) {
        return "window/" + name;
    }

    /**
     * Gives every recipe its turn. Completes however the bakes end. What a canceled run came to is told by
     * {@link #progress()}: Temporal keeps no result of it.
     */
    @WorkflowMethod(name = TYPE)
    WindowReport run(MaintenanceWindow window);

    /** Tells how the run stands. */
    @QueryMethod
    WindowReport progress();
}
