package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.amibakery.recipe.Region;

/**
 * Asks to remove what was an orphan at two looks, and is still one.
 *
 * @param orphans in the order of removal, all of one region
 */
public record RemoveOrphans(String stack, Region region, List<Resource> orphans) {
    public RemoveOrphans {
        requireNonNull(stack, "stack");
        requireNonNull(region, "region");
        orphans = orphans == null ? List.of() : List.copyOf(orphans);
    }
}
