package org.amibakery.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how bakes stand. */
@Command(
        name = "status",
        description = {
            "Tell how bakes stand, or which run.",
            "With --follow the exit code tells how they ended; without, it is 0 whatever became of them."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery status", "  bakery status amazon-linux-2023-base --follow"})
final class StatusCommand extends BakeryCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description =
                    "Bakes: bake/RECIPE/REGION, or RECIPE while it is baked in one region. Default: all that run.")
    private List<String> ids = List.of();

    @Option(names = "--follow", description = "Show how they go, until they end.")
    private boolean follow;

    StatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new StatusRun(surroundings(), console).run(this);
    }

    List<String> ids() {
        return ids;
    }

    boolean isFollowing() {
        return follow;
    }
}
