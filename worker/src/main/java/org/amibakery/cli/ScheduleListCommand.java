package org.amibakery.cli;

import picocli.CommandLine.Command;

/** Lists windows. */
@Command(
        name = "list",
        description =
                "List the windows that Temporal has: when they open next, in their own time zone, and what their last run came to.",
        footerHeading = "%nExample:%n",
        footer = "  bakery schedule list --output json")
final class ScheduleListCommand extends BakeryCommand {

    ScheduleListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new ScheduleRun(surroundings(), console).list();
    }
}
