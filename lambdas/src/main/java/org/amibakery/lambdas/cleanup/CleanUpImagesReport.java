package org.amibakery.lambdas.cleanup;

import java.util.List;
import java.util.Optional;

/**
 * Tells what became of a family, image by image from the oldest on, each with the reason.
 *
 * @param mode with {@link CleanUpMode#PLAN}, {@code deleted}, {@code leftovers} and {@code withdrawn} are what would have
 *     been done
 * @param deleted the images that are gone
 * @param leftovers snapshots, now gone, of images that an earlier, interrupted run had deregistered
 * @param kept the images that stay, at most {@value #MOST_KEPT_LISTED}: Lambda's answers end at 6 MB
 * @param keptUnlisted how many more stay
 * @param failed what AWS refused; the next run tries again
 * @param continuation present when time ran out: repeat the request with it for the rest of the family
 * @param withdrawn the images that were taken one step out of use and stay for now; a function of before has none
 */
public record CleanUpImagesReport(
        CleanUpMode mode,
        List<DeletedImage> deleted,
        List<LeftoverSnapshot> leftovers,
        List<KeptImage> kept,
        int keptUnlisted,
        List<FailedImage> failed,
        Optional<String> continuation,
        List<WithdrawnImage> withdrawn) {
    /** How many kept images a report lists. */
    public static final int MOST_KEPT_LISTED = 1_000;

    public CleanUpImagesReport {
        deleted = deleted == null ? List.of() : List.copyOf(deleted);
        leftovers = leftovers == null ? List.of() : List.copyOf(leftovers);
        kept = kept == null ? List.of() : List.copyOf(kept);
        failed = failed == null ? List.of() : List.copyOf(failed);
        continuation = continuation == null ? Optional.empty() : continuation;
        withdrawn = withdrawn == null ? List.of() : List.copyOf(withdrawn);
    }
}
