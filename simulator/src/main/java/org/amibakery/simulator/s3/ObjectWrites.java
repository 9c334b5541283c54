package org.amibakery.simulator.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Answers PutObject: one body becomes one new version. */
final class ObjectWrites {
    private static final int LONGEST_KEY = 1024;

    private final BucketAccess access;

    ObjectWrites(BucketAccess access) {
        this.access = access;
    }

    PutObjectResponse put(PutObjectRequest request, RequestBody body) {
        Bucket bucket = access.open(request.bucket());
        checkKey(request.key());
        byte[] bytes = bytesOf(body);
        checkDigest(request, bytes);
        Map<ChecksumKind, String> checksums = checked(checksumsOf(request), bytes);
        checkConditions(bucket, request);
        StoredVersion version = bucket.put(
                request.key(),
                ObjectContent.whole(SdkBytes.fromByteArrayUnsafe(bytes), descriptionOf(request), checksums));
        ObjectContent content = version.content().orElseThrow();
        PutObjectResponse.Builder response = PutObjectResponse.builder().eTag(content.etag());
        VersionIds.shown(bucket, version).ifPresent(response::versionId);
        content.checksum(ChecksumKind.CRC32).ifPresent(response::checksumCRC32);
        content.checksum(ChecksumKind.CRC32C).ifPresent(response::checksumCRC32C);
        content.checksum(ChecksumKind.CRC64NVME).ifPresent(response::checksumCRC64NVME);
        content.checksum(ChecksumKind.SHA1).ifPresent(response::checksumSHA1);
        content.checksum(ChecksumKind.SHA256).ifPresent(response::checksumSHA256);
        return response.build();
    }

    /** Reads a body to its end. */
    static byte[] bytesOf(RequestBody body) {
        try (InputStream stream = body.contentStreamProvider().newStream()) {
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("The request body could not be read", failure);
        }
    }

    /** Refuses keys that are longer than 1,024 bytes of UTF-8. */
    static void checkKey(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw SimulatorError.refused("KeyTooLongError", "Your key is too long");
        }
    }

    /** Refuses checksums that do not fit the bytes; answers them as given. */
    static Map<ChecksumKind, String> checked(Map<ChecksumKind, String> sent, byte[] bytes) {
        sent.forEach((kind, value) -> {
            if (!Digests.checksum(kind, bytes).orElse(value).equals(value)) {
                throw S3Errors.badDigest(kind.name());
            }
        });
        return sent;
    }

    private static void checkDigest(PutObjectRequest request, byte[] bytes) {
        if (request.contentMD5() != null && !request.contentMD5().equals(Digests.base64Md5(bytes))) {
            throw SimulatorError.refused("BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
    }

    private static void checkConditions(Bucket bucket, PutObjectRequest request) {
        Optional<String> current = bucket.newest(request.key())
                .flatMap(StoredVersion::content)
                .map(content -> content.etag().replace("\"", ""));
        boolean taken = request.ifNoneMatch() != null && current.isPresent();
        boolean changed = request.ifMatch() != null
                && !current.equals(Optional.of(request.ifMatch().replace("\"", "")));
        if (taken || changed) {
            throw S3Errors.preconditionFailed();
        }
    }

    private static ObjectContent.Description descriptionOf(PutObjectRequest request) {
        return new ObjectContent.Description(
                request.contentType() == null ? ObjectContent.Description.NONE.contentType() : request.contentType(),
                Optional.ofNullable(request.contentEncoding()),
                request.metadata());
    }

    private static Map<ChecksumKind, String> checksumsOf(PutObjectRequest request) {
        Map<ChecksumKind, String> sent = new EnumMap<>(ChecksumKind.class);
        Optional.ofNullable(request.checksumCRC32()).ifPresent(value -> sent.put(ChecksumKind.CRC32, value));
        Optional.ofNullable(request.checksumCRC32C()).ifPresent(value -> sent.put(ChecksumKind.CRC32C, value));
        Optional.ofNullable(request.checksumCRC64NVME()).ifPresent(value -> sent.put(ChecksumKind.CRC64NVME, value));
        Optional.ofNullable(request.checksumSHA1()).ifPresent(value -> sent.put(ChecksumKind.SHA1, value));
        Optional.ofNullable(request.checksumSHA256()).ifPresent(value -> sent.put(ChecksumKind.SHA256, value));
        return sent;
    }
}
