package org.amibakery.simulator.sandbox;

/** Passes an interruption on from where nobody declares it. */
final class Interrupted {
    private Interrupted() {}

    static IllegalStateException during(String what, InterruptedException interruption) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(what + " was interrupted", interruption);
    }
}
