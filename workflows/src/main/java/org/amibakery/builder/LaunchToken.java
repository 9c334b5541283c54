package org.amibakery.builder;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes a launch repeatable: the same token never launches a second builder (RunInstances, ClientToken).
 *
 * <p>It is made from what survives retries, worker deaths and resets, and from what makes a launch another
 * launch: its number and its candidate. A token outlives its instance, so each launch needs its own; it is
 * zonal, so each subnet does.
 */
public record LaunchToken(@JsonValue String value) {
    /** RunInstances takes at most so many ASCII characters. */
    public static final int MAX_LENGTH = 64;

    @JsonCreator
    public LaunchToken {
        requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A launch token has 1 to 64 characters, not " + value.length());
        }
    }

    /** Derives the token of one launch from the bake that makes it. */
    public static LaunchToken of(BakeId bake, int launchNumber, LaunchCandidate candidate) {
        String source = String.join(
                "\n",
                bake.namespace(),
                bake.workflowId(),
                bake.originalRunId(),
                Integer.toString(launchNumber),
                candidate.toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return new LaunchToken(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
