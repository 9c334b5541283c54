package org.amibakery.command.aws;

/** What a command wrote, as far as it was kept. */
record CommandOutput(String standardOutput, String standardError) {
    static final CommandOutput NONE = new CommandOutput("", "");
}
