package org.amibakery.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what nobody needs any more. */
@Command(
        name = "run",
        description = {
            "Remove what nobody needs any more: past its expiry, or left by a bake that has ended.",
            "A worker looks twice, some time apart, and removes only what nobody needed both times. Without --yes it looks"
                    + " once, and removes nothing."
        },
        footerHeading = "%nExample:%n",
        footer = "  bakery reaper run --yes")
final class ReaperRunCommand extends BakeryCommand {
    @Option(names = "--yes", description = "Remove; without it, only show what would be removed.")
    private boolean yes;

    @Option(
            names = "--settle",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Time between the two looks, with its unit. Default: 2m.")
    private Optional<Duration> settle = Optional.empty();

    ReaperRunCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        ReaperRun reaper = new ReaperRun(surroundings(), console);
        return yes ? reaper.remove(settle) : reaper.preview();
    }
}
