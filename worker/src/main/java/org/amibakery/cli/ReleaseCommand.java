package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a hold. */
@Command(
        name = "release",
        description = "End a hold: the builder is terminated now, or as soon as the bake ends.",
        footerHeading = "%nExample:%n",
        footer = "  bakery release amazon-linux-2023-base")
final class ReleaseCommand extends BakeryCommand {
    @Parameters(
            paramLabel = "ID",
            description = "A bake: bake/RECIPE/REGION, or RECIPE while it is baked in one region.")
    private String id = "";

    ReleaseCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new RunningBake(surroundings(), console).release(id);
    }
}
