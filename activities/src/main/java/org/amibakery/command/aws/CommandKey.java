package org.amibakery.command.aws;

import java.time.Instant;
import org.amibakery.builder.InstanceId;

/**
 * Identifies a command on one builder, as GetCommandInvocation asks for it.
 *
 * @param sentAt when SSM took it, by SSM's clock (Command, RequestedDateTime): lists of commands can be narrowed by it
 */
record CommandKey(String commandId, InstanceId builder, Instant sentAt) {
    private static final String ON = " on ";
    private static final String SINCE = " since ";

    /** Reads what {@link #text} wrote. */
    static CommandKey parse(String text) {
        int on = text.indexOf(ON);
        int since = text.indexOf(SINCE);
        return new CommandKey(
                text.substring(0, on),
                new InstanceId(text.substring(on + ON.length(), since)),
                Instant.parse(text.substring(since + SINCE.length())));
    }

    /** Everything, to be read again. */
    String text() {
        return this + SINCE + sentAt;
    }

    /** What tells it from any other, for people and as lists of commands tell of it. */
    @Override
    public String toString() {
        return name(commandId, builder.value());
    }

    static String name(String commandId, String instanceId) {
        return commandId + ON + instanceId;
    }
}
