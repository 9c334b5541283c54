package org.amibakery.simulator.ssm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;

/**
 * Holds one version of a document, which never changes.
 *
 * @param name the document's name
 * @param number the version, from 1
 * @param content the text as it was given
 * @param format the text's format
 * @param parsed what the text says
 * @param createdAt when this version was made
 */
record DocumentVersion(
        String name, int number, String content, DocumentFormat format, CommandDocument parsed, Instant createdAt) {
    String version() {
        return Integer.toString(number);
    }

    /** Computes the SHA-256 of the text in hexadecimal digits (DescribeDocument, Hash). */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("The JDK lacks SHA-256", impossible);
        }
    }
}
