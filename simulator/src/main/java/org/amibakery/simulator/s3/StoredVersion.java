package org.amibakery.simulator.s3;

import java.time.Instant;
import java.util.Optional;

/**
 * Holds one version of one key: an object, or the marker that says it was deleted.
 *
 * @param key the object key
 * @param versionId the version id, {@code null} (the word) for versions made while versioning was off
 * @param lastModified when the version was made
 * @param content the object; empty for a delete marker
 */
record StoredVersion(String key, String versionId, Instant lastModified, Optional<ObjectContent> content) {
    /** The id S3 gives to versions of an unversioned or suspended bucket. */
    static final String NULL_VERSION = "null";

    boolean isDeleteMarker() {
        return content.isEmpty();
    }

    boolean hasId(String id) {
        return versionId.equals(id);
    }
}
