package org.amibakery.window;

import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;

/**
 * A window as workers of a deployment run it: at its next task it moves on to the version that is current then. A class of
 * its own, since Temporal refuses every task of a worker without a version that names a behavior (server 1.29).
 */
public final class AutoUpgradedWindow implements MaintenanceWindowWorkflow {
    private final MaintenanceWindowWorkflowImpl window;

    @WorkflowInit
    public AutoUpgradedWindow(MaintenanceWindow asked) {
        window = new MaintenanceWindowWorkflowImpl(asked);
    }

    @Override
    @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
    public WindowReport run(MaintenanceWindow asked) {
        return window.run(asked);
    }

    @Override
    public WindowReport progress() {
        return window.progress();
    }
}
