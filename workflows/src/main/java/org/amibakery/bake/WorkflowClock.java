package org.amibakery.bake;

import io.temporal.workflow.Workflow;
import java.time.Instant;

/** The only clock of workflow code: it stands still between workflow tasks, and replays alike. */
final class WorkflowClock {
    private WorkflowClock() {}

    static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
