package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Resumes a window. */
@Command(
        name = "resume",
        description = "Let a window open again that was paused by a person, or by itself after too many failed runs.",
        footerHeading = "%nExample:%n",
        footer = "  bakery schedule resume weekly-base-images")
final class ScheduleResumeCommand extends BakeryCommand {
    @Parameters(paramLabel = "NAME", description = "A window, by its name or as window/NAME.")
    private String name = "";

    ScheduleResumeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new ScheduleRun(surroundings(), console).resume(name);
    }
}
