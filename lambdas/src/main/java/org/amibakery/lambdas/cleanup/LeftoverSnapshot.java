package org.amibakery.lambdas.cleanup;

import java.time.Instant;

/**
 * A snapshot of the family whose image is gone.
 *
 * @param snapshotId for example {@code snap-0123456789abcdef0}
 * @param imageId the image that it was made for
 * @param startedAt when it was begun
 */
public record LeftoverSnapshot(String snapshotId, String imageId, Instant startedAt) {}
