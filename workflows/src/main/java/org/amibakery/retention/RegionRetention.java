package org.amibakery.retention;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionReport.WithdrawnImage;

/**
 * Tells what becomes of a family's images in one region.
 *
 * @param planned what was to go by the plan, be it one step, and why; examples where they are many
 * @param plannedCount how many those are
 * @param deleted what is gone, snapshots left over by earlier runs among it; examples where they are many
 * @param deletedCount how many those are
 * @param withdrawn what was taken one step out of use, and is deleted by a later run; examples where they are many
 * @param withdrawnCount how many those are
 * @param kept examples of what stays, and why
 * @param keptCount how many stay
 * @param failed what AWS refused; the next run tries again
 * @param unfinished why the region could not be gone through; absent when it was
 */
public record RegionRetention(
        Region region,
        List<ImageVerdict> planned,
        int plannedCount,
        List<ImageVerdict> deleted,
        int deletedCount,
        List<WithdrawnImage> withdrawn,
        int withdrawnCount,
        List<ImageVerdict> kept,
        int keptCount,
        List<ImageVerdict> failed,
        Optional<String> unfinished) {

    public RegionRetention {
        requireNonNull(region, "region");
        planned = planned == null ? List.of() : List.copyOf(planned);
        plannedCount = Math.max(plannedCount, planned.size());
        deleted = deleted == null ? List.of() : List.copyOf(deleted);
        deletedCount = Math.max(deletedCount, deleted.size());
        withdrawn = withdrawn == null ? List.of() : List.copyOf(withdrawn);
        withdrawnCount = Math.max(withdrawnCount, withdrawn.size());
        kept = kept == null ? List.of() : List.copyOf(kept);
        keptCount = Math.max(keptCount, kept.size());
        failed = failed == null ? List.of() : List.copyOf(failed);
        unfinished = unfinished == null ? Optional.empty() : unfinished;
    }
}
