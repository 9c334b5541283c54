package org.amibakery.command.aws;

/**
 * What a look sees of a command.
 *
 * @param exitCode the script's, or -1 while it has none (GetCommandInvocation, ResponseCode)
 */
record SeenCommand(CommandStatus status, int exitCode, CommandOutput output) {
    private static final int NO_EXIT_CODE = -1;

    /** A command that has not ended; nobody asks for its output before. */
    static SeenCommand underWay(CommandStatus status) {
        return new SeenCommand(status, NO_EXIT_CODE, CommandOutput.NONE);
    }
}
