package org.amibakery.simulator.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Answers DeleteObject and DeleteObjects; deleting what is not there succeeds, as on S3. */
final class ObjectDeletes {
    private static final int MOST_KEYS = 1000;

    private final BucketAccess access;

    ObjectDeletes(BucketAccess access) {
        this.access = access;
    }

    DeleteObjectResponse delete(DeleteObjectRequest request) {
        Bucket bucket = access.open(request.bucket());
        DeletedObject deleted = delete(bucket, request.key(), Optional.ofNullable(request.versionId()));
        return DeleteObjectResponse.builder()
                .deleteMarker(deleted.deleteMarker())
                .versionId(
                        deleted.deleteMarkerVersionId() == null ? deleted.versionId() : deleted.deleteMarkerVersionId())
                .build();
    }

    DeleteObjectsResponse deleteAll(DeleteObjectsRequest request) {
        Bucket bucket = access.open(request.bucket());
        List<ObjectIdentifier> wanted = request.delete().objects();
        if (wanted.isEmpty() || wanted.size() > MOST_KEYS) {
            throw SimulatorError.refused(
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        List<DeletedObject> deleted = new ArrayList<>();
        List<S3Error> errors = new ArrayList<>();
        for (ObjectIdentifier identifier : wanted) {
            try {
                deleted.add(delete(bucket, identifier.key(), Optional.ofNullable(identifier.versionId())));
            } catch (SimulatorError refusal) { // one bad entry is reported beside the others (DeleteResult, Error)
                errors.add(entryOf(identifier, refusal));
            }
        }
        boolean quiet = Boolean.TRUE.equals(request.delete().quiet());
        DeleteObjectsResponse.Builder response = DeleteObjectsResponse.builder();
        if (!quiet) {
            response.deleted(deleted);
        }
        return (errors.isEmpty() ? response : response.errors(errors)).build();
    }

    private static DeletedObject delete(Bucket bucket, String key, Optional<String> versionId) {
        DeletedObject.Builder answer = DeletedObject.builder().key(key);
        if (versionId.isPresent()) {
            VersionIds.check(versionId.get());
            Optional<StoredVersion> removed = bucket.deleteVersion(key, versionId.get());
            answer.versionId(versionId.get());
            removed.filter(StoredVersion::isDeleteMarker)
                    .ifPresent(marker -> answer.deleteMarker(true).deleteMarkerVersionId(marker.versionId()));
        } else {
            bucket.delete(key).ifPresent(marker -> answer.deleteMarker(true).deleteMarkerVersionId(marker.versionId()));
        }
        return answer.build();
    }

    private static S3Error entryOf(ObjectIdentifier identifier, SimulatorError refusal) {
        return S3Error.builder()
                .key(identifier.key())
                .versionId(identifier.versionId())
                .code(refusal.code())
                .message(refusal.getMessage())
                .build();
    }
}
