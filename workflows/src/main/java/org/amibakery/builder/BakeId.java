package org.amibakery.builder;

import static java.util.Objects.requireNonNull;

/**
 * Identifies a bake across retries and resets.
 *
 * @param originalRunId the first run's id, which a reset does not change
 */
public record BakeId(String namespace, String workflowId, String originalRunId) {
    public BakeId {
        requireNonNull(namespace, "namespace");
        requireNonNull(workflowId, "workflowId");
        requireNonNull(originalRunId, "originalRunId");
    }
}
