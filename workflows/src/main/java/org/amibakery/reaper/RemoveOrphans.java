package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;

/**
 * Asks to remove what was an orphan at two looks, and is still one.
 *
 * @param orphans in the order of removal, all of one region
 * @param asOf when it is asked, by Temporal's clock; see {@link LookForOrphans}
 */
public record RemoveOrphans(String stack, Region region, List<Resource> orphans, Optional<Instant> asOf) {
    public RemoveOrphans {
        requireNonNull(stack, "stack");
        requireNonNull(region, "region");
        orphans = orphans == null ? List.of() : List.copyOf(orphans);
        asOf = asOf == null ? Optional.empty() : asOf;
    }
}
