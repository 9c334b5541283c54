package org.amibakery.builder;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Identifies a bake across retries and resets.
 *
 * @param originalRunId the first run's id, which a reset does not change
 */
public record BakeId(String namespace, String workflowId, String originalRunId) {
    public BakeId {
        requireNonNull(namespace, "namespace");
        requireNonNull(workflowId, "workflowId");
        requireNonNull(originalRunId, "originalRunId");
    }

    /**
     * Derives the 64 characters that make an act of this bake repeatable, from what survives retries, worker deaths and
     * resets.
     *
     * @param act what tells this act from the bake's others
     */
    public String tokenOf(List<String> act) {
        String source = String.join("\n", namespace, workflowId, originalRunId, String.join("\n", act));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
