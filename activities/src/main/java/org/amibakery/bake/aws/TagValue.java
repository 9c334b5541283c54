package org.amibakery.bake.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Fits entries into a tag's value: as many whole ones as it holds, and where that is not all, a digest over all of them,
 * so that two values are equal only if all entries are. The bake's history has them in full.
 */
final class TagValue {
    /** CreateTags, Value. */
    private static final int LONGEST = 256;

    private static final int DIGEST_DIGITS = 16;

    private TagValue() {}

    static String of(List<String> entries) {
        String all = String.join(" ", entries);
        if (all.length() <= LONGEST) {
            return all;
        }
        String rest = " ... all:" + digest(all);
        int end = all.lastIndexOf(' ', LONGEST - rest.length());
        return all.substring(0, Math.max(end, 0)) + rest;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException noSha256) {
            throw new IllegalStateException("every Java has SHA-256", noSha256);
        }
    }
}
