package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.amibakery.recipe.Region;

/**
 * Asks what is to be said of one region.
 *
 * @param suspects what was an orphan before; each of them that is still there is named in the answer
 */
public record LookForOrphans(String stack, Region region, List<Resource> suspects) {
    public LookForOrphans {
        requireNonNull(stack, "stack");
        requireNonNull(region, "region");
        suspects = suspects == null ? List.of() : List.copyOf(suspects);
    }
}
