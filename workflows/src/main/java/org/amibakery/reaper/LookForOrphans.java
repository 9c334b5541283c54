package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;

/**
 * Asks what is to be said of one region.
 *
 * @param suspects what was an orphan before; each of them that is still there is named in the answer
 * @param asOf when it is asked, by Temporal's clock, which also set the expiries: a worker whose clock is fast must not
 *     find a living bake's builder expired
 */
public record LookForOrphans(String stack, Region region, List<Resource> suspects, Optional<Instant> asOf) {
    public LookForOrphans {
        requireNonNull(stack, "stack");
        requireNonNull(region, "region");
        suspects = suspects == null ? List.of() : List.copyOf(suspects);
        asOf = asOf == null ? Optional.empty() : asOf;
    }
}
