package org.amibakery.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows which old images would go. */
@Command(
        name = "plan",
        description = {
            "Show which old images would go, which stay, and why; change nothing.",
            "A worker looks in the region of each recipe, and in those it is copied to."
        },
        footerHeading = "%nExample:%n",
        footer = "  bakery retention plan recipes/amazon-linux-2023.yaml --output json")
final class RetentionPlanCommand extends BakeryCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recipes, or windows for all of their recipes.")
    private List<Path> files = List.of();

    @Mixin
    private final RetentionOptions options = new RetentionOptions();

    RetentionPlanCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new RetentionRun(surroundings(), console, options.most()).plan(files);
    }
}
