package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pauses a window. */
@Command(
        name = "pause",
        description = "Keep a window from opening until it is resumed. A run that is under way goes on.",
        footerHeading = "%nExample:%n",
        footer = "  bakery schedule pause weekly-base-images --note 'change freeze until January'")
final class SchedulePauseCommand extends BakeryCommand {
    @Parameters(paramLabel = "NAME", description = "A window, by its name or as window/NAME.")
    private String name = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for whoever looks at it.")
    private String note = "";

    SchedulePauseCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new ScheduleRun(surroundings(), console).pause(name, note);
    }
}
