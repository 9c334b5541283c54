package org.amibakery.simulator.s3;

import java.util.Optional;
import org.amibakery.simulator.world.Place;

/**
 * Finds buckets as one account in one region may see them.
 *
 * @param buckets all buckets
 * @param place who calls, and the region the request was signed for
 */
record BucketAccess(Buckets buckets, Place place) {
    /** Finds a bucket for use, or fails as S3 does for unknown, foreign and distant ones. */
    Bucket open(String name) {
        Bucket bucket = openAnywhere(name);
        if (!bucket.place().region().equals(place.region())) {
            throw S3Errors.elsewhere(bucket);
        }
        return bucket;
    }

    /** Finds a bucket in any region (GetBucketLocation answers wherever it is asked). */
    Bucket openAnywhere(String name) {
        Bucket bucket = buckets.find(name).orElseThrow(() -> S3Errors.noSuchBucket(name));
        if (!bucket.place().account().equals(place.account())) {
            throw S3Errors.accessDenied();
        }
        return bucket;
    }

    /** Finds the version a read names, or the newest; fails as S3 does for absent keys and delete markers. */
    StoredVersion read(String bucketName, String key, Optional<String> versionId) {
        Bucket bucket = open(bucketName);
        return versionId.isPresent() ? readVersion(bucket, key, versionId.get()) : readNewest(bucket, key);
    }

    private static StoredVersion readNewest(Bucket bucket, String key) {
        return bucket.newest(key)
                .filter(version -> !version.isDeleteMarker())
                .orElseThrow(() -> S3Errors.noSuchKey(key));
    }

    private static StoredVersion readVersion(Bucket bucket, String key, String versionId) {
        VersionIds.check(versionId);
        StoredVersion version =
                bucket.version(key, versionId).orElseThrow(() -> S3Errors.noSuchVersion(key, versionId));
        if (version.isDeleteMarker()) {
            throw S3Errors.isDeleteMarker();
        }
        return version;
    }
}
