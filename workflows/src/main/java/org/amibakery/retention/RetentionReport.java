package org.amibakery.retention;

import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.ImageId;

/**
 * Says which images of a family went, which stayed, and why.
 *
 * @param continuation present when time ran short and more is to be done
 */
public record RetentionReport(
        List<ImageVerdict> deleted, List<ImageVerdict> kept, List<ImageVerdict> failed, Optional<String> continuation) {

    public RetentionReport {
        deleted = deleted == null ? List.of() : List.copyOf(deleted);
        kept = kept == null ? List.of() : List.copyOf(kept);
        failed = failed == null ? List.of() : List.copyOf(failed);
        continuation = continuation == null ? Optional.empty() : continuation;
    }

    /** One image, and the reason for what became of it. */
    public record ImageVerdict(ImageId id, String name, String reason) {}
}
