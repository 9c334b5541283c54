package org.amibakery.cli;

import picocli.CommandLine.Command;

/** Shows what the reaper would remove. */
@Command(
        name = "plan",
        description = {
            "Show what nobody needs any more, what stays, and why; change nothing.",
            "A worker looks, in every region that the account has enabled."
        },
        footerHeading = "%nExample:%n",
        footer = "  bakery reaper plan --output json")
final class ReaperPlanCommand extends BakeryCommand {
    ReaperPlanCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new ReaperRun(surroundings(), console).plan();
    }
}
