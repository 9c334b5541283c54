package org.amibakery.simulator.s3;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;

/** Keeps the multipart uploads under way. Safe for use by several threads. */
final class Uploads {
    private final Supplier<String> ids;
    private final Map<String, Upload> uploads = new TreeMap<>();

    Uploads(Supplier<String> ids) {
        this.ids = ids;
    }

    /** Names where the finished object goes. */
    record Target(String bucket, String key) {}

    /** Holds one received part. */
    record Part(int number, SdkBytes bytes, String etag) {}

    /** Collects the parts of one object by their numbers; a part sent again replaces the one before. */
    static final class Upload {
        private final Target target;
        private final ObjectContent.Description description;
        private final TreeMap<Integer, Part> parts = new TreeMap<>();

        Upload(Target target, ObjectContent.Description description) {
            this.target = target;
            this.description = description;
        }

        ObjectContent.Description description() {
            return description;
        }

        synchronized void add(Part part) {
            parts.put(part.number(), part);
        }

        synchronized Optional<Part> part(int number) {
            return Optional.ofNullable(parts.get(number));
        }
    }

    synchronized String start(Target target, ObjectContent.Description description) {
        String id = ids.get();
        uploads.put(id, new Upload(target, description));
        return id;
    }

    /** Finds an upload of that id and target; fails with NoSuchUpload. */
    synchronized Upload find(String uploadId, Target target) {
        return Optional.ofNullable(uploads.get(uploadId))
                .filter(upload -> upload.target.equals(target))
                .orElseThrow(() -> S3Errors.noSuchUpload(uploadId));
    }

    synchronized void end(String uploadId) {
        uploads.remove(uploadId);
    }
}
