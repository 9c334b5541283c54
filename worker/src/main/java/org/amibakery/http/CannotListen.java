package org.amibakery.http;

/** Tells that an address to answer at cannot be had; the message says which, and what to do. */
public final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotListen(String message, Throwable cause) {
        super(message, cause);
    }
}
