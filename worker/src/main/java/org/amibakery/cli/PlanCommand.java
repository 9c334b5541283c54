package org.amibakery.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what a bake would do, and does nothing. */
@Command(
        name = "plan",
        description = {
            "Tell what a bake would do: what it starts from, names, tags, candidates, deadlines, and which old images"
                    + " would go.",
            "Reads from AWS and changes nothing."
        },
        footerHeading = "%nExample:%n",
        footer = "  bakery plan recipes/amazon-linux-2023.yaml --output json")
final class PlanCommand extends BakeryCommand {
    @Parameters(paramLabel = "RECIPE", description = "A recipe in YAML or JSON.")
    private Path file = Path.of("");

    @Mixin
    private final RecipeOptions overrides = new RecipeOptions();

    PlanCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new PlanRun(surroundings(), console).plan(file, overrides);
    }
}
