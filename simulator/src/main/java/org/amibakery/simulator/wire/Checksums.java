package org.amibakery.simulator.wire;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Checks the content checksums that S3 clients send along; CRC64NVME is taken on trust. */
final class Checksums {
    private static final Map<String, Function<byte[], byte[]>> ALGORITHMS = Map.of(
            "x-amz-checksum-crc32", content -> crc(new CRC32(), content),
            "x-amz-checksum-crc32c", content -> crc(new CRC32C(), content),
            "x-amz-checksum-sha1", content -> Hashes.digest("SHA-1", content),
            "x-amz-checksum-sha256", content -> Hashes.digest("SHA-256", content),
            "Content-MD5", content -> Hashes.digest("MD5", content));

    private Checksums() {}

    /** Refuses a body that is not what the client meant to send. */
    static void verify(WireRequest request) {
        // there the checksum is the whole object's, not the body's
        boolean completesUpload =
                request.method().equals("POST") && request.query().has("uploadId");
        if (!completesUpload) {
            verifyChecksums(request);
        }
        verifyContentHash(request);
    }

    private static void verifyChecksums(WireRequest request) {
        ALGORITHMS.forEach(
                (header, algorithm) -> request.headers().first(header).ifPresent(sent -> {
                    String actual = Base64.getEncoder().encodeToString(algorithm.apply(request.body()));
                    if (!actual.equals(sent)) {
                        throw SimulatorError.refused(
                                "BadDigest", "The " + header + " you specified did not match the calculated checksum.");
                    }
                }));
    }

    private static void verifyContentHash(WireRequest request) {
        request.headers()
                .first(SigV4.CONTENT_HASH)
                .filter(hash -> hash.matches("[0-9a-f]{64}"))
                .filter(hash -> !hash.equals(Hashes.sha256Hex(request.body())))
                .ifPresent(hash -> {
                    throw SimulatorError.refused(
                            "XAmzContentSHA256Mismatch",
                            "The provided 'x-amz-content-sha256' header does not match what was computed.");
                });
    }

    private static byte[] crc(Checksum checksum, byte[] content) {
        checksum.update(content);
        return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
    }
}
