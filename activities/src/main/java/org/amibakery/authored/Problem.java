package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

/**
 * Tells one thing that is wrong with what somebody wrote.
 *
 * @param pointer the JSON pointer of the value at fault; empty for the whole
 * @param message what is wrong, and after a semicolon what to write instead
 */
public record Problem(Place place, String pointer, String message) {
    public Problem {
        requireNonNull(place, "place");
        requireNonNull(pointer, "pointer");
        requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
