package org.amibakery.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Place;
import org.amibakery.authored.Problem;
import org.amibakery.configuration.InstallationReader;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.Region;

/** Finds out where a recipe is baked, since the region is part of the bake's id. */
record BakeRegion(Map<String, String> environment) {
    /**
     * The recipe's own region, or else the installation's.
     *
     * @throws InvalidInput when neither is known here
     */
    Region of(Recipe recipe, Path file) {
        return recipe.region()
                .or(this::ofInstallation)
                .orElseThrow(() -> new InvalidInput(List.of(new Problem(
                        Place.of(file.toString()),
                        "/region",
                        "names no region, and no installation is configured here that would; add --region us-east-1, or set"
                                + " BAKERY_REGION or BAKERY_CONFIG"))));
    }

    private Optional<Region> ofInstallation() {
        Optional<String> variable = Optional.ofNullable(environment.get("BAKERY_REGION"))
                .map(String::strip)
                .filter(name -> !name.isEmpty());
        if (variable.isPresent()) {
            return variable.map(Region::new);
        }
        return InstallationReader.fileOf(environment)
                .map(file -> new InstallationReader().read(environment).region());
    }
}
