package org.amibakery.simulator.s3;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Holds the bytes of one object version with everything S3 tells about them.
 *
 * @param bytes the stored bytes
 * @param etag the quoted entity tag: the MD5 of the bytes, or of the parts' MD5s followed by their number
 * @param description what the writer said about the bytes
 * @param checksums the checksums the writer sent, by algorithm
 */
record ObjectContent(SdkBytes bytes, String etag, Description description, Map<ChecksumKind, String> checksums) {
    ObjectContent {
        checksums = Map.copyOf(checksums);
    }

    /** Makes the content of an object that came in one piece. */
    static ObjectContent whole(SdkBytes bytes, Description description, Map<ChecksumKind, String> checksums) {
        return new ObjectContent(bytes, Digests.quotedMd5(bytes.asByteArrayUnsafe()), description, checksums);
    }

    int length() {
        return bytes.asByteArrayUnsafe().length;
    }

    SdkBytes slice(ByteRange range) {
        return SdkBytes.fromByteArrayUnsafe(
                Arrays.copyOfRange(bytes.asByteArrayUnsafe(), range.first(), range.last() + 1));
    }

    Optional<String> checksum(ChecksumKind kind) {
        return Optional.ofNullable(checksums.get(kind));
    }

    /**
     * Names what the writer said about the bytes.
     *
     * @param contentType the media type; S3 answers binary/octet-stream when none was sent
     * @param contentEncoding the content encoding without aws-chunked, if any
     * @param metadata the user metadata (x-amz-meta-), keys in lower case
     */
    record Description(String contentType, Optional<String> contentEncoding, Map<String, String> metadata) {
        static final Description NONE = new Description("binary/octet-stream", Optional.empty(), Map.of());

        Description {
            metadata = Map.copyOf(metadata);
        }
    }
}
