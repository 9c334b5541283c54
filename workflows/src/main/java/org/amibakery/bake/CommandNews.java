package org.amibakery.bake;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.builder.InstanceId;
import org.amibakery.command.CommandResult;

/**
 * Tells of the command that a bake sent last.
 *
 * @param result absent while it runs: SSM shows no output before a command has ended (GetCommandInvocation,
 *     StandardOutputContent)
 */
record CommandNews(String label, InstanceId instance, Instant since, Optional<CommandResult> result) {
    static CommandNews begun(String label, InstanceId instance, Instant now) {
        return new CommandNews(label, instance, now, Optional.empty());
    }

    CommandNews ended(CommandResult with) {
        return new CommandNews(label, instance, since, Optional.of(with));
    }
}
