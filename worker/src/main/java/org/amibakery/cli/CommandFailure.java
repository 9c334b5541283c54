package org.amibakery.cli;

import static java.util.Objects.requireNonNull;

/** Ends a command with a message for people and an exit code for scripts. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /** Takes what happened, what it means and what to do, in one text. */
    public CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = requireNonNull(exitCode, "exitCode");
    }

    /** What the process ends with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
