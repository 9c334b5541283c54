package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

/**
 * Tells what is wrong with one value, wherever that was written.
 *
 * @param pointer the value's JSON pointer
 * @param message what is wrong, and after a semicolon what to write instead
 */
public record Complaint(String pointer, String message) {
    public Complaint {
        requireNonNull(pointer, "pointer");
        requireNonNull(message, "message");
    }
}
