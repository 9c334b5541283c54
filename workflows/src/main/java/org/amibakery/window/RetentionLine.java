package org.amibakery.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Tells what the retention of one recipe's family came to in a window.
 *
 * @param recipe the family's name as the recipe has it
 * @param workflowId of the retention, whose result names every image; absent if it could not be begun
 * @param deleted how many images went
 * @param withdrawn how many were taken one step out of use, to go later
 * @param kept how many stay
 * @param troubles what could not be done
 */
public record RetentionLine(
        String recipe, Optional<String> workflowId, int deleted, int withdrawn, int kept, List<String> troubles) {
    public RetentionLine {
        requireNonNull(recipe, "recipe");
        workflowId = workflowId == null ? Optional.empty() : workflowId;
        troubles = troubles == null ? List.of() : List.copyOf(troubles);
    }
}
