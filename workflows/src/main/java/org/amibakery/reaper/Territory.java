package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.amibakery.recipe.Region;

/**
 * Says whose things the reaper looks for, and where.
 *
 * @param regions those in which the account can have anything, the installation's own first
 * @param warnings what keeps the list from being whole
 */
public record Territory(String stack, List<Region> regions, List<String> warnings) {
    public Territory {
        requireNonNull(stack, "stack");
        regions = regions == null ? List.of() : List.copyOf(regions);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
}
