package org.amibakery.retention;

import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.ImageId;

/**
 * Says which images of a family went, which stayed, and why.
 *
 * @param kept examples of those that stayed; history need not hold them all
 * @param continuation present when time ran short and more is to be done
 * @param keptCount how many stayed
 */
public record RetentionReport(
        List<ImageVerdict> deleted,
        List<ImageVerdict> kept,
        List<ImageVerdict> failed,
        Optional<String> continuation,
        int keptCount) {

    public RetentionReport {
        deleted = deleted == null ? List.of() : List.copyOf(deleted);
        kept = kept == null ? List.of() : List.copyOf(kept);
        failed = failed == null ? List.of() : List.copyOf(failed);
        continuation = continuation == null ? Optional.empty() : continuation;
        keptCount = Math.max(keptCount, kept.size()); // older histories hold all of them, and no count
    }

    /** Reports on a round of which every kept image is named. */
    public RetentionReport(
            List<ImageVerdict> deleted,
            List<ImageVerdict> kept,
            List<ImageVerdict> failed,
            Optional<String> continuation) {
        this(deleted, kept, failed, continuation, 0);
    }

    /** One image, and the reason for what became of it. */
    public record ImageVerdict(ImageId id, String name, String reason) {}
}
