package org.amibakery.command.aws;

import org.amibakery.builder.InstanceId;

/** Identifies a command on one builder, as GetCommandInvocation asks for it. */
record CommandKey(String commandId, InstanceId builder) {
    private static final String ON = " on ";

    /** Reads what {@link #toString} wrote. */
    static CommandKey parse(String text) {
        int on = text.indexOf(ON);
        return new CommandKey(text.substring(0, on), new InstanceId(text.substring(on + ON.length())));
    }

    @Override
    public String toString() {
        return commandId + ON + builder;
    }
}
