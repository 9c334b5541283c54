package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;

/**
 * What was seen in one region.
 *
 * @param orphans what may go, in the order of removal, at most {@value #MOST_ORPHANS}
 * @param orphanCount how many there are
 * @param kept examples of what stays, those that were asked about first
 * @param keptCount how many stay
 */
public record Sighting(Region region, List<Verdict> orphans, int orphanCount, List<Verdict> kept, int keptCount) {
    /** One run removes no more of a region: more than that is no leftover but a mistake, which should be seen first. */
    public static final int MOST_ORPHANS = 200;

    public Sighting {
        requireNonNull(region, "region");
        orphans = orphans == null ? List.of() : List.copyOf(orphans);
        orphanCount = Math.max(orphanCount, orphans.size());
        kept = kept == null ? List.of() : List.copyOf(kept);
        keptCount = Math.max(keptCount, kept.size());
    }

    List<Resource> suspects() {
        return orphans.stream().map(Verdict::resource).toList();
    }

    /** What is said of a resource; nothing when it was not seen. */
    Optional<Verdict> keeping(Resource resource) {
        return kept.stream()
                .filter(verdict -> verdict.resource().equals(resource))
                .findFirst();
    }
}
