package org.amibakery.simulator.ssm;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Tells how one run of a step ended.
 *
 * @param exitCode the script's exit code; 194 asks for a reboot and another run, 137 is a kill
 * @param stdout everything it printed
 * @param stderr everything it printed as errors
 * @param took how long it ran, by the clock on the wall
 */
public record StepResult(int exitCode, String stdout, String stderr, Duration took) {
    /** The exit code by which a script asks the agent to reboot and run it again. */
    public static final int REBOOT = 194;

    /** The exit code of a script that was killed, at its timeout or by a cancellation. */
    public static final int KILLED = 137;

    /** Refuses absent parts. */
    public StepResult {
        requireNonNull(stdout, "stdout");
        requireNonNull(stderr, "stderr");
        requireNonNull(took, "took");
    }

    /** Adds a later run of the same step, after a reboot. */
    StepResult then(StepResult later, Duration reboot) {
        return new StepResult(
                later.exitCode,
                stdout + later.stdout,
                stderr + later.stderr,
                took.plus(reboot).plus(later.took));
    }
}
