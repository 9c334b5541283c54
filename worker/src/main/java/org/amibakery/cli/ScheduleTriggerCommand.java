package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a window now. */
@Command(
        name = "trigger",
        description = {
            "Open a window now, even if it is paused, and follow it if asked. What did not change is not baked.",
            "Its hours count from now. While it is open it is not opened again."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bakery schedule trigger weekly-base-images --follow",
            "  bakery schedule trigger weekly-base-images --force"
        })
final class ScheduleTriggerCommand extends BakeryCommand {
    @Parameters(paramLabel = "NAME", description = "A window, by its name or as window/NAME.")
    private String name = "";

    @Option(names = "--follow", description = "Show how the run goes, until its end.")
    private boolean follow;

    @Option(names = "--force", description = "Bake every recipe, changed or not.")
    private boolean force;

    ScheduleTriggerCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new WindowTrigger(surroundings(), console).trigger(this);
    }

    String name() {
        return name;
    }

    boolean isFollowing() {
        return follow;
    }

    boolean isForcing() {
        return force;
    }
}
