package org.amibakery.bake;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.amibakery.command.PlannedCommand;

/**
 * Names the commands of a bake, with everything fixed that could change underneath it.
 *
 * @param outputBucket where whole outputs go; absent means only their ends are kept
 */
public record CommandPlan(
        PlannedCommand verifyAgent,
        PlannedCommand updatePackages,
        PlannedCommand installPackages,
        List<PlannedCommand> playbooks,
        PlannedCommand scrub,
        Optional<String> outputBucket) {

    public CommandPlan {
        requireNonNull(verifyAgent, "verifyAgent");
        requireNonNull(updatePackages, "updatePackages");
        requireNonNull(installPackages, "installPackages");
        playbooks = playbooks == null ? List.of() : List.copyOf(playbooks);
        requireNonNull(scrub, "scrub");
        outputBucket = outputBucket == null ? Optional.empty() : outputBucket;
    }
}
