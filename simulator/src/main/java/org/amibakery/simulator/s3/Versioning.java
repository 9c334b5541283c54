package org.amibakery.simulator.s3;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Says how a bucket treats a second object of the same key (S3 GetBucketVersioning, Status). */
enum Versioning {
    NEVER_ENABLED,
    ENABLED,
    SUSPENDED;

    static Versioning of(BucketVersioningStatus status) {
        return status == BucketVersioningStatus.ENABLED ? ENABLED : SUSPENDED;
    }

    /** Answers what GetBucketVersioning shows; a bucket that was never versioned shows no status at all. */
    Optional<BucketVersioningStatus> shown() {
        return switch (this) {
            case NEVER_ENABLED -> Optional.empty();
            case ENABLED -> Optional.of(BucketVersioningStatus.ENABLED);
            case SUSPENDED -> Optional.of(BucketVersioningStatus.SUSPENDED);
        };
    }
}
