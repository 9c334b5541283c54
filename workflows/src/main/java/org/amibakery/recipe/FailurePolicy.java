package org.amibakery.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Optional;

/**
 * Says what happens to the builder of a failed bake: terminated at once, or held for debugging first.
 *
 * @param hold how long a failed builder is kept; it is terminated then, whatever happens
 */
public record FailurePolicy(Optional<Duration> hold) {
    /** Terminates a failed builder at once. */
    public static final FailurePolicy TERMINATE = new FailurePolicy(Optional.empty());

    private static final String HOLD = "hold-";

    /**
     * Reads {@code terminate} or {@code hold-<duration>}.
     *
     * @throws IllegalArgumentException with a message for the recipe's author
     */
    @JsonCreator
    public static FailurePolicy parse(String text) {
        if (text.equals("terminate")) {
            return TERMINATE;
        }
        if (text.startsWith(HOLD)) {
            return new FailurePolicy(Optional.of(Durations.parse(text.substring(HOLD.length()))));
        }
        throw new IllegalArgumentException(
                "\"%s\" is not a failure policy; write terminate, or hold-2h to keep a failed builder for two hours"
                        .formatted(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return hold.map(held -> HOLD + Durations.text(held)).orElse("terminate");
    }
}
