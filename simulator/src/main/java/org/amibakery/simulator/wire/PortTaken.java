package org.amibakery.simulator.wire;

/** Tells that the simulator cannot have its port; the message says which one. */
public final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTaken(String message, Throwable cause) {
        super(message, cause);
    }
}
