package org.amibakery.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Names one run of a window.
 *
 * @param due when it was to begin
 */
public record WindowRun(String workflowId, String runId, Instant due) {
    public WindowRun {
        requireNonNull(workflowId, "workflowId");
        requireNonNull(runId, "runId");
        requireNonNull(due, "due");
    }
}
