package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a window. */
@Command(
        name = "show",
        description = "Show a window: its settings, when it opens next, and what its last runs came to.",
        footerHeading = "%nExample:%n",
        footer = "  bakery schedule show weekly-base-images")
final class ScheduleShowCommand extends BakeryCommand {
    @Parameters(paramLabel = "NAME", description = "A window, by its name or as window/NAME.")
    private String name = "";

    ScheduleShowCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new ScheduleRun(surroundings(), console).show(name);
    }
}
