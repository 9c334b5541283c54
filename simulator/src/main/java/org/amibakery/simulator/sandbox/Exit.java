package org.amibakery.simulator.sandbox;

import static java.util.Objects.requireNonNull;

/**
 * Tells how a command or a script ended.
 *
 * @param code its exit code; 128 and the signal's number if it was killed
 * @param stdout everything it printed
 * @param stderr everything it printed as errors; empty where both streams are one
 */
public record Exit(int code, String stdout, String stderr) {
    /** Refuses absent parts. */
    public Exit {
        requireNonNull(stdout, "stdout");
        requireNonNull(stderr, "stderr");
    }

    /** Tells whether it succeeded. */
    public boolean isSuccess() {
        return code == 0;
    }

    /** Both streams, one after the other. */
    public String output() {
        return stdout + stderr;
    }
}
