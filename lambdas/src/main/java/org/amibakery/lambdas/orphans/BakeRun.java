package org.amibakery.lambdas.orphans;

import java.util.Optional;

/**
 * The bake that made a resource, as the resource's tags name it.
 *
 * @param workflowId tag {@code ami-bakery:bake}, for example {@code bake/web/eu-west-1}
 * @param originalRunId tag {@code ami-bakery:run}: the id of the first run, which a reset keeps; absent if the tag is
 */
public record BakeRun(String workflowId, Optional<String> originalRunId) {
    public BakeRun {
        originalRunId = originalRunId == null ? Optional.empty() : originalRunId;
    }
}
