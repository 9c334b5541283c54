package org.amibakery.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks to keep a builder for debugging. */
@Command(
        name = "hold",
        description = "Keep a bake's builder for so long should the bake fail, or longer if it is held already.",
        footerHeading = "%nExample:%n",
        footer = "  bakery hold amazon-linux-2023-base --for 2h")
final class HoldCommand extends BakeryCommand {
    @Parameters(
            paramLabel = "ID",
            description = "A bake: bake/RECIPE/REGION, or RECIPE while it is baked in one region.")
    private String id = "";

    @Option(
            names = "--for",
            required = true,
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long, with its unit, such as 2h; not beyond the builder's expiry.")
    private Duration duration = Duration.ZERO;

    HoldCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new RunningBake(surroundings(), console).hold(id, duration);
    }
}
