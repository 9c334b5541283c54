package org.amibakery.simulator.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Computes the digests S3 shows or checks. */
final class Digests {
    private Digests() {}

    static String quotedMd5(byte[] bytes) {
        return quoted(HexFormat.of().formatHex(digest("MD5", bytes)));
    }

    static String base64Md5(byte[] bytes) {
        return Base64.getEncoder().encodeToString(digest("MD5", bytes));
    }

    /** Makes the entity tag of a multipart object: the MD5 over the parts' binary MD5s, a dash, their number. */
    static String quotedMd5OfParts(List<byte[]> parts) {
        ByteBuffer joined = ByteBuffer.allocate(16 * parts.size());
        parts.forEach(part -> joined.put(digest("MD5", part)));
        return quoted(HexFormat.of().formatHex(digest("MD5", joined.array())) + "-" + parts.size());
    }

    /** Computes a checksum as S3 writes it (base64); empty for CRC64NVME, which the JDK cannot compute. */
    static Optional<String> checksum(ChecksumKind kind, byte[] bytes) {
        return switch (kind) {
            case CRC32 -> Optional.of(crc(new CRC32(), bytes));
            case CRC32C -> Optional.of(crc(new CRC32C(), bytes));
            case CRC64NVME -> Optional.empty();
            case SHA1 -> Optional.of(Base64.getEncoder().encodeToString(digest("SHA-1", bytes)));
            case SHA256 -> Optional.of(Base64.getEncoder().encodeToString(digest("SHA-256", bytes)));
        };
    }

    private static String crc(Checksum checksum, byte[] bytes) {
        checksum.update(bytes);
        byte[] value = ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
        return Base64.getEncoder().encodeToString(value);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("The JDK lacks " + algorithm, impossible);
        }
    }

    private static String quoted(String hex) {
        return "\"" + hex + "\"";
    }
}
