package org.amibakery.cli;

import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes up for missed runs. */
@Command(
        name = "backfill",
        description = {
            "Make up for runs that were due between two instants and did not happen, one after the other.",
            "Each run has hours of its own, counted from when it begins."
        },
        footerHeading = "%nExample:%n",
        footer = "  bakery schedule backfill weekly-base-images --from 2026-11-16T00:00:00Z --to 2026-11-17T00:00:00Z")
final class ScheduleBackfillCommand extends BakeryCommand {
    @Parameters(paramLabel = "NAME", description = "A window, by its name or as window/NAME.")
    private String name = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "INSTANT",
            description = "The first instant, such as 2026-11-16T00:00:00Z.")
    private Instant from = Instant.EPOCH;

    @Option(names = "--to", required = true, paramLabel = "INSTANT", description = "The last instant.")
    private Instant to = Instant.EPOCH;

    ScheduleBackfillCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new ScheduleRun(surroundings(), console).backfill(name, from, to);
    }
}
