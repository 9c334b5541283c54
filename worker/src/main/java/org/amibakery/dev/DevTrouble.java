package org.amibakery.dev;

/** Tells why there is no development environment, and what to do, in words for people. */
public final class DevTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DevTrouble(String message) {
        super(message);
    }

    DevTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
