package org.amibakery.retention;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.recipe.RetentionPolicy;

/**
 * Tells how the retention of a family stands: the answer of the query {@code progress}, and the result.
 *
 * @param family the recipe's name; empty until it is known
 * @param policy by which images go; absent until it is known
 * @param ended when it was over
 * @param regions one entry for each region that was begun
 */
public record FamilyRetention(
        String family,
        RetentionMode mode,
        RetentionState state,
        Optional<RetentionPolicy> policy,
        Instant started,
        Optional<Instant> ended,
        List<RegionRetention> regions) {

    public FamilyRetention {
        family = family == null ? "" : family;
        requireNonNull(mode, "mode");
        requireNonNull(state, "state");
        policy = policy == null ? Optional.empty() : policy;
        requireNonNull(started, "started");
        ended = ended == null ? Optional.empty() : ended;
        regions = regions == null ? List.of() : List.copyOf(regions);
    }

    /** How many images are gone, in all regions. */
    public int deletedCount() {
        return regions.stream().mapToInt(RegionRetention::deletedCount).sum();
    }

    /** How many images are to go by the plan, in all regions. */
    public int plannedCount() {
        return regions.stream().mapToInt(RegionRetention::plannedCount).sum();
    }

    /** How many images were taken one step out of use, in all regions. */
    public int withdrawnCount() {
        return regions.stream().mapToInt(RegionRetention::withdrawnCount).sum();
    }

    /** How many images stay, in all regions. */
    public int keptCount() {
        return regions.stream().mapToInt(RegionRetention::keptCount).sum();
    }

    /** What could not be done, in words. */
    public List<String> troubles() {
        return regions.stream()
                .flatMap(region -> Stream.concat(
                        region.unfinished().stream().map(why -> "%s: %s".formatted(region.region(), why)),
                        region.failed().stream().map(image -> "%s in %s stays: %s"
                                .formatted(image.name(), region.region(), image.reason()))))
                .toList();
    }
}
