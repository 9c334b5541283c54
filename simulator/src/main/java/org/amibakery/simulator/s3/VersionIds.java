package org.amibakery.simulator.s3;

import java.util.Optional;
import java.util.regex.Pattern;

/** Knows the shape of version ids: S3 tells a malformed one (InvalidArgument) from an unknown one (NoSuchVersion). */
final class VersionIds {
    private static final Pattern SHAPE = Pattern.compile("null|[A-Za-z0-9._]{32}");

    private VersionIds() {}

    static void check(String versionId) {
        if (!SHAPE.matcher(versionId).matches()) {
            throw S3Errors.invalidArgument("Invalid version id specified")
                    .with("ArgumentName", "versionId")
                    .with("ArgumentValue", versionId);
        }
    }

    /** Answers the id to show for a version; buckets that were never versioned show none. */
    static Optional<String> shown(Bucket bucket, StoredVersion version) {
        return bucket.versioning() == Versioning.NEVER_ENABLED ? Optional.empty() : Optional.of(version.versionId());
    }
}
