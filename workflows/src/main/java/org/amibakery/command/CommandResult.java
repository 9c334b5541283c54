package org.amibakery.command;

/**
 * Describes a command that succeeded.
 *
 * @param summary the last line the script printed about itself, or an empty text
 */
public record CommandResult(String commandId, String summary) {}
