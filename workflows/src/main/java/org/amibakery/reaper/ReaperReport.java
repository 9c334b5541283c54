package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;

/**
 * Tells what the reaper found and did: the answer of the query {@code progress}, and the result.
 *
 * @param firstLook when it first looked
 * @param secondLook when it looked again; absent when there was nothing to look at again, or it only planned
 * @param regions where it looked
 * @param orphans what the first look found nobody needs
 * @param orphanCount how many that were; those not listed wait for the next run
 * @param removed what is gone, or was asked to go and had not been seen gone when the wait ended
 * @param kept examples of what stays and why, orphans of the first look first
 * @param keptCount how many stay
 * @param failed what AWS refused to remove; the next run tries again
 * @param outOfReach where nobody could look
 * @param warnings what else wants attention
 */
public record ReaperReport(
        String stack,
        ReaperMode mode,
        ReaperState state,
        Optional<Instant> firstLook,
        Optional<Instant> secondLook,
        List<Region> regions,
        List<Verdict> orphans,
        int orphanCount,
        List<Verdict> removed,
        List<Verdict> kept,
        int keptCount,
        List<Verdict> failed,
        List<OutOfReach> outOfReach,
        List<String> warnings) {

    public ReaperReport {
        stack = stack == null ? "" : stack;
        requireNonNull(mode, "mode");
        requireNonNull(state, "state");
        firstLook = firstLook == null ? Optional.empty() : firstLook;
        secondLook = secondLook == null ? Optional.empty() : secondLook;
        regions = regions == null ? List.of() : List.copyOf(regions);
        orphans = orphans == null ? List.of() : List.copyOf(orphans);
        orphanCount = Math.max(orphanCount, orphans.size());
        removed = removed == null ? List.of() : List.copyOf(removed);
        kept = kept == null ? List.of() : List.copyOf(kept);
        keptCount = Math.max(keptCount, kept.size());
        failed = failed == null ? List.of() : List.copyOf(failed);
        outOfReach = outOfReach == null ? List.of() : List.copyOf(outOfReach);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
}
