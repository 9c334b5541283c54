package org.amibakery.lambdas.orphans;

import java.util.List;
import java.util.Optional;
import org.amibakery.lambdas.cleanup.CleanUpMode;

/**
 * Tells what became of everything that bakes have made and that is still there, region by region.
 *
 * @param mode with {@link CleanUpMode#PLAN}, {@code removed} is what would have been removed
 * @param removed what is gone, and why
 * @param kept what stays and why, at most {@value #MOST_KEPT_LISTED}; good images and their snapshots are only counted
 * @param keptUnlisted how many more stay
 * @param failed what AWS refused; the next run tries again
 * @param regionsOutOfReach where nobody could look; nothing there was touched
 * @param stoppedEarly why the run did not come to its end, if so; the next one goes on
 */
public record CleanUpOrphansReport(
        CleanUpMode mode,
        List<SettledResource> removed,
        List<SettledResource> kept,
        int keptUnlisted,
        List<FailedRemoval> failed,
        List<RegionOutOfReach> regionsOutOfReach,
        Optional<String> stoppedEarly) {
    /** How many kept resources a report lists. */
    public static final int MOST_KEPT_LISTED = 200;

    public CleanUpOrphansReport {
        removed = removed == null ? List.of() : List.copyOf(removed);
        kept = kept == null ? List.of() : List.copyOf(kept);
        failed = failed == null ? List.of() : List.copyOf(failed);
        regionsOutOfReach = regionsOutOfReach == null ? List.of() : List.copyOf(regionsOutOfReach);
        stoppedEarly = stoppedEarly == null ? Optional.empty() : stoppedEarly;
    }
}
