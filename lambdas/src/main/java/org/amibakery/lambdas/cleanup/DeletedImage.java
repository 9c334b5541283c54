package org.amibakery.lambdas.cleanup;

import java.time.Instant;
import java.util.List;

/**
 * An image that was deregistered, or would have been.
 *
 * @param imageId for example {@code ami-0123456789abcdef0}
 * @param name its name
 * @param createdAt when it was made
 * @param snapshots ids of its snapshots that went with it; one that another image shares stays
 * @param reason why it had to go
 */
public record DeletedImage(String imageId, String name, Instant createdAt, List<String> snapshots, String reason) {
    public DeletedImage {
        snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
    }
}
