package org.amibakery.simulator.s3;

import org.amibakery.simulator.wire.SimulatorError;

/** Words the errors of S3 as its API reference lists them (Error Responses, List of error codes). */
final class S3Errors {
    private S3Errors() {}

    static SimulatorError noSuchBucket(String bucket) {
        return SimulatorError.of(404, "NoSuchBucket", "The specified bucket does not exist")
                .with("BucketName", bucket);
    }

    static SimulatorError noSuchKey(String key) {
        return SimulatorError.of(404, "NoSuchKey", "The specified key does not exist.")
                .with("Key", key);
    }

    static SimulatorError noSuchVersion(String key, String versionId) {
        return SimulatorError.of(404, "NoSuchVersion", "The specified version does not exist.")
                .with("Key", key)
                .with("VersionId", versionId);
    }

    static SimulatorError noSuchUpload(String uploadId) {
        return SimulatorError.of(
                        404,
                        "NoSuchUpload",
                        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been"
                                + " aborted or completed.")
                .with("UploadId", uploadId);
    }

    static SimulatorError isDeleteMarker() {
        return SimulatorError.of(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    }

    static SimulatorError accessDenied() {
        return SimulatorError.of(403, "AccessDenied", "Access Denied");
    }

    static SimulatorError elsewhere(Bucket bucket) {
        return SimulatorError.of(
                        301,
                        "PermanentRedirect",
                        "The bucket you are attempting to access must be addressed using the specified endpoint. Please"
                                + " send all future requests to this endpoint.")
                .with("Bucket", bucket.name())
                .with("Region", bucket.place().region())
                .with("x-amz-bucket-region", bucket.place().region());
    }

    static SimulatorError badDigest(String algorithm) {
        return SimulatorError.refused(
                "BadDigest", "The " + algorithm + " you specified did not match the calculated checksum.");
    }

    static SimulatorError preconditionFailed() {
        return SimulatorError.of(
                412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }

    static SimulatorError invalidArgument(String message) {
        return SimulatorError.refused("InvalidArgument", message);
    }

    static SimulatorError invalidRange() {
        return SimulatorError.of(416, "InvalidRange", "The requested range is not satisfiable");
    }
}
