package org.amibakery.cli;

import picocli.CommandLine.Command;

/** Groups what is done about windows. */
@Command(
        name = "schedule",
        description = {
            "Install maintenance windows in Temporal, and look after them.",
            "A window is a file; what it says becomes a Temporal Schedule, window/NAME, whose runs bake what changed."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ScheduleApplyCommand.class,
            ScheduleListCommand.class,
            ScheduleShowCommand.class,
            SchedulePauseCommand.class,
            ScheduleResumeCommand.class,
            ScheduleTriggerCommand.class,
            ScheduleBackfillCommand.class,
            ScheduleDeleteCommand.class
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery schedule apply windows/weekly.yaml", "  bakery schedule trigger weekly-base-images --follow"
        })
final class ScheduleCommand extends BakeryCommand {
    ScheduleCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        throw new CommandFailure(
                ExitCode.USAGE,
                "Which of them? bakery schedule apply installs windows, list shows them; see bakery schedule --help.");
    }
}
