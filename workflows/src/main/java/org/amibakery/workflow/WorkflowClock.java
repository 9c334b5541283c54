package org.amibakery.workflow;

import io.temporal.workflow.Workflow;
import java.time.Instant;

/** The only clock of workflow code: it stands still between workflow tasks, and replays alike. */
public final class WorkflowClock {
    private WorkflowClock() {}

    public static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
