package org.amibakery.builder;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

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

    /** Derives the token of one launch of a builder from the bake that makes it. */
    public static LaunchToken of(BakeId bake, int launchNumber, LaunchCandidate candidate) {
        return new LaunchToken(bake.tokenOf(List.of(Integer.toString(launchNumber), candidate.toString())));
    }

    /** Derives the token of one launch that tests the bake's image; it is never that of a builder. */
    public static LaunchToken ofTest(BakeId bake, int launchNumber, LaunchCandidate candidate) {
        return new LaunchToken(bake.tokenOf(List.of("test", Integer.toString(launchNumber), candidate.toString())));
    }

    @Override
    public String toString() {
        return value;
    }
}
