package org.amibakery.cli;

import java.nio.file.Path;
import org.amibakery.recipe.reading.RecipeReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a recipe as a bake takes it, for clients that are not ours. */
@Command(
        name = "render",
        description = "Write a recipe as the JSON input of the workflow.",
        footerHeading = "%nExample:%n",
        footer = {
            "  temporal workflow start --type BakeWorkflow --task-queue ami-bakery \\",
            "    --workflow-id bake/ubuntu-24-04-base/us-east-1 \\",
            "    --input-file <(bakery render recipes/ubuntu-24.04.yaml)"
        })
final class RenderCommand extends BakeryCommand {
    @Parameters(paramLabel = "RECIPE", description = "A recipe in YAML or JSON.")
    private Path file = Path.of("");

    @Mixin
    private final RecipeOptions overrides = new RecipeOptions();

    RenderCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        console.document(overrides.read(new RecipeReader(), file).json());
        return ExitCode.DONE;
    }
}
