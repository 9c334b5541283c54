package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Cancels a bake. */
@Command(
        name = "cancel",
        description = "Cancel a bake: it stops at once, and removes what it made.",
        footerHeading = "%nExample:%n",
        footer = "  bakery cancel bake/amazon-linux-2023-base/us-east-1")
final class CancelCommand extends BakeryCommand {
    @Parameters(
            paramLabel = "ID",
            description = "A bake: bake/RECIPE/REGION, or RECIPE while it is baked in one region.")
    private String id = "";

    CancelCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new RunningBake(surroundings(), console).cancel(id);
    }
}
