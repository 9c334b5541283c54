package org.amibakery.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.authored.Setting;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.recipe.reading.WrittenRecipe;
import picocli.CommandLine.Option;

/** Takes what replaces values of a recipe for one use of it. */
final class RecipeOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a value of the recipe, such as deadline=6h or builder.instanceTypes.0=m6i.large;"
                    + " may be given more than once.")
    private List<String> settings = List.of();

    @Option(names = "--region", paramLabel = "REGION", description = "Replace the recipe's region.")
    private Optional<String> region = Optional.empty();

    /** Reads a recipe with the replacements made. */
    WrittenRecipe read(RecipeReader reader, Path file) {
        List<Setting> overrides = new ArrayList<>();
        settings.forEach(setting -> overrides.add(Setting.parse(setting)));
        region.ifPresent(name -> overrides.add(new Setting("region", name, "--region " + name)));
        return reader.read(file, overrides);
    }
}
