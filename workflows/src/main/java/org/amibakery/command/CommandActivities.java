package org.amibakery.command;

import io.temporal.activity.ActivityInterface;

/** Runs commands on builders. */
@ActivityInterface(namePrefix = "Command.")
public interface CommandActivities {
    /** The failure type of a command that never reached the builder, and so may be sent again. */
    String UNDELIVERED = "CommandUndelivered";

    /**
     * Runs a command to its end. May run more than once: it adopts a command of the same comment instead of sending
     * another.
     *
     * <p>Fails with {@link #UNDELIVERED}, or with {@code CommandFailed} and the last lines of its output.
     */
    CommandResult run(RunCommand request);
}
