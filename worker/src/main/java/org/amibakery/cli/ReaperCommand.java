package org.amibakery.cli;

import picocli.CommandLine.Command;

/** Groups what is done by hand about leftovers. */
@Command(
        name = "reaper",
        description = {
            "Find and remove what bakes left behind that nobody needs any more.",
            "The worker does so every 15 minutes by itself: the schedule is reaper/STACK."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ReaperPlanCommand.class, ReaperRunCommand.class},
        footerHeading = "%nExample:%n",
        footer = {"  bakery reaper plan", "  bakery reaper run --yes"})
final class ReaperCommand extends BakeryCommand {
    ReaperCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        throw new CommandFailure(
                ExitCode.USAGE,
                "Which of the two? bakery reaper plan shows what would be removed, bakery reaper run removes it.");
    }
}
