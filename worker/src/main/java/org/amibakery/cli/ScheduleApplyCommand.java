package org.amibakery.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Installs windows. */
@Command(
        name = "apply",
        description = {
            "Install windows, or bring what Temporal has in line with their files; show what differs.",
            "All files and the recipes they name are checked before anything is changed. A window that is paused stays so,"
                    + " and windows whose files are not given are left alone."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery schedule apply windows/weekly.yaml", "  bakery schedule apply windows/*.yaml --dry-run"})
final class ScheduleApplyCommand extends BakeryCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Windows in YAML or JSON.")
    private List<Path> files = List.of();

    @Option(names = "--dry-run", description = "Show what differs, and change nothing.")
    private boolean dryRun;

    ScheduleApplyCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return dryRun
                ? new ScheduleApplication(surroundings(), console).preview(files)
                : new ScheduleApplication(surroundings(), console).apply(files);
    }
}
