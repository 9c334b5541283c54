package org.amibakery.watch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Says how often each kind of thing is looked at. One look serves every bake that waits, so the number of calls does not
 * grow with the bakes.
 *
 * @param instance state of builders; 5 seconds by default, as an instance takes half a minute to start
 * @param agent registration of SSM agents; 5 seconds by default
 * @param command progress of commands; 5 seconds by default
 * @param image state of images, which take minutes; 15 seconds by default
 */
public record Polling(Duration instance, Duration agent, Duration command, Duration image) {
    /** Five seconds, and fifteen for images. */
    public static final Polling DEFAULT =
            new Polling(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(15));

    public Polling {
        requirePositive(instance, "instance");
        requirePositive(agent, "agent");
        requirePositive(command, "command");
        requirePositive(image, "image");
    }

    /** The same interval for every kind: for a simulator that runs faster than AWS. */
    public static Polling every(Duration interval) {
        return new Polling(interval, interval, interval, interval);
    }

    private static void requirePositive(Duration interval, String name) {
        if (requireNonNull(interval, name).isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("%s must be longer than zero, not %s".formatted(name, interval));
        }
    }
}
