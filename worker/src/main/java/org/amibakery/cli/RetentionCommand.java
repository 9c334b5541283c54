package org.amibakery.cli;

import picocli.CommandLine.Command;

/** Groups what is done by hand about old images. */
@Command(
        name = "retention",
        description = {
            "Show and delete old images, by the retention policy of each recipe.",
            "Windows do so by themselves after their bakes, and each bake for its own family."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RetentionPlanCommand.class, RetentionRunCommand.class},
        footerHeading = "%nExample:%n",
        footer = {"  bakery retention plan recipes/*.yaml", "  bakery retention run windows/weekly.yaml --yes"})
final class RetentionCommand extends BakeryCommand {
    RetentionCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        throw new CommandFailure(
                ExitCode.USAGE,
                "Which of the two? bakery retention plan shows what would be deleted, bakery retention run deletes it.");
    }
}
