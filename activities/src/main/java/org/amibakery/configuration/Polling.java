package org.amibakery.configuration;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Says how often AWS is asked about what bakes wait for. One call serves every bake that waits, so short intervals cost
 * few calls.
 */
public record Polling(Duration instance, Duration agent, Duration command, Duration image) {
    /** Five seconds, and fifteen for images, which take many minutes. */
    public static final Polling DEFAULT =
            new Polling(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(15));

    public Polling {
        requireNonNull(instance, "instance");
        requireNonNull(agent, "agent");
        requireNonNull(command, "command");
        requireNonNull(image, "image");
    }
}
