package org.amibakery.command;

import static java.util.Objects.requireNonNull;

/**
 * Describes a command that succeeded.
 *
 * @param summary the last line the script printed about itself, or an empty text
 * @param lastLines what it wrote before that, a few lines of it, or an empty text
 */
public record CommandResult(String commandId, String summary, String lastLines) {
    public CommandResult {
        requireNonNull(commandId, "commandId");
        summary = summary == null ? "" : summary;
        lastLines = lastLines == null ? "" : lastLines;
    }
}
