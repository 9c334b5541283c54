package org.amibakery.temporal;

/** Tells that Temporal or AWS did not answer; the message says where, and what to do. */
public final class Unreachable extends RuntimeException {
    public Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
