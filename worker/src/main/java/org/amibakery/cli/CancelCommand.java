package org.amibakery.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels a bake. */
@Command(
        name = "cancel",
        description = {
            "Cancel a bake: it stops at once, and removes what it made.",
            "The command shows what is removed, and ends when all is gone: with 0 if nothing is left, else with 3."
        },
        footerHeading = "%nExample:%n",
        footer = "  bakery cancel bake/amazon-linux-2023-base/us-east-1")
final class CancelCommand extends BakeryCommand {
    @Parameters(
            paramLabel = "ID",
            description = "A bake: bake/RECIPE/REGION, or RECIPE while it is baked in one region.")
    private String id = "";

    @Option(names = "--no-follow", description = "Ask for it and end; the cleanup goes on.")
    private boolean askOnly;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Follow the cleanup no longer than this, such as 5m; it goes on.")
    private Optional<Duration> timeout = Optional.empty();

    CancelCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        RunningBake bake = new RunningBake(surroundings(), console);
        if (askOnly) {
            return bake.cancel(id);
        }
        return bake.cancelAndFollow(
                id, timeout.map(FollowPace.USUAL::noLongerThan).orElse(FollowPace.USUAL));
    }
}
