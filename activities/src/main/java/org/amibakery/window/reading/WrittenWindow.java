package org.amibakery.window.reading;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.amibakery.bake.BakeRequest;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.window.MaintenanceWindow;

/** Holds a valid window together with its recipes, in the order of the file. */
public record WrittenWindow(WindowFile file, List<WrittenRecipe> recipes) {
    public WrittenWindow {
        requireNonNull(file, "file");
        recipes = List.copyOf(recipes);
    }

    /** What one run of it takes as input. */
    public MaintenanceWindow request() {
        return new MaintenanceWindow(
                file.name(),
                file.duration(),
                file.cutoff(),
                file.atEnd(),
                file.onlyWhenChanged(),
                file.rebakeAfter(),
                file.maxConcurrent(),
                recipes.stream().map(recipe -> new BakeRequest(recipe.json())).toList(),
                false);
    }
}
