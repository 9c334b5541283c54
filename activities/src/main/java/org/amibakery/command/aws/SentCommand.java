package org.amibakery.command.aws;

import org.amibakery.command.PlannedCommand;

/** A command that SSM has accepted. */
record SentCommand(CommandKey key, PlannedCommand command) {}
