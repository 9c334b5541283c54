package org.amibakery.retention;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.recipe.ImageId;

/**
 * Says which images of a family went, which were withdrawn, which stayed, and why.
 *
 * @param kept examples of those that stayed; history need not hold them all
 * @param continuation present when time ran short and more is to be done
 * @param keptCount how many stayed
 * @param withdrawn those that were taken one step out of use, and are deleted by a later run; older histories have none
 */
public record RetentionReport(
        List<ImageVerdict> deleted,
        List<ImageVerdict> kept,
        List<ImageVerdict> failed,
        Optional<String> continuation,
        int keptCount,
        List<WithdrawnImage> withdrawn) {

    public RetentionReport {
        deleted = deleted == null ? List.of() : List.copyOf(deleted);
        kept = kept == null ? List.of() : List.copyOf(kept);
        failed = failed == null ? List.of() : List.copyOf(failed);
        continuation = continuation == null ? Optional.empty() : continuation;
        keptCount = Math.max(keptCount, kept.size()); // older histories hold all of them, and no count
        withdrawn = withdrawn == null ? List.of() : List.copyOf(withdrawn);
    }

    /** Reports on a round of which every kept image is named, and which withdrew none. */
    public RetentionReport(
            List<ImageVerdict> deleted,
            List<ImageVerdict> kept,
            List<ImageVerdict> failed,
            Optional<String> continuation) {
        this(deleted, kept, failed, continuation, 0, List.of());
    }

    /** One image, and the reason for what became of it. */
    public record ImageVerdict(ImageId id, String name, String reason) {}

    /**
     * One image that is less in use than before.
     *
     * @param until it stays so until then at least, and a person can take it back
     */
    public record WithdrawnImage(ImageId id, String name, WithdrawalStep step, Instant until, String reason) {}

    /** How an image was withdrawn. */
    public enum WithdrawalStep {
        /** Its owner alone still sees it in lists; whoever knows its id can launch it. */
        DEPRECATED,
        /** Nobody can launch it, until somebody enables it again. */
        DISABLED;

        /** The step as people read it. */
        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
