package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a window. */
@Command(
        name = "delete",
        description = {
            "Remove a window from Temporal: it opens no more. A run that is under way goes on, and its file is left alone.",
            "Without --yes it only shows what would be removed."
        },
        footerHeading = "%nExample:%n",
        footer = "  bakery schedule delete weekly-base-images --yes")
final class ScheduleDeleteCommand extends BakeryCommand {
    @Parameters(paramLabel = "NAME", description = "A window, by its name or as window/NAME.")
    private String name = "";

    @Option(names = "--yes", description = "Remove it; without it, only show it.")
    private boolean yes;

    ScheduleDeleteCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return yes
                ? new ScheduleRun(surroundings(), console).delete(name)
                : new ScheduleRun(surroundings(), console).previewDeletion(name);
    }
}
