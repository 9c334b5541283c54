package org.amibakery.window.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.authored.AuthoredText;
import org.amibakery.authored.AuthoredTree;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Judge;
import org.amibakery.authored.Problem;
import org.amibakery.authored.Shape;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.reading.InvalidRecipe;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.recipe.reading.WrittenRecipe;

/** Reads windows with all their recipes, and tells every problem of any of the files at once. Safe for any thread. */
public final class WindowReader {
    /** The file name of the JSON Schema, published beside the sample windows. */
    public static final String SCHEMA = "window.schema.json";

    private final Judge<WindowFile> judge =
            new Judge<>(Shape.ofResource(SCHEMA), WindowFile.class, WindowRules::complaintsAbout);
    private final RecipeReader recipes = new RecipeReader();

    /** Whether a file is meant as a window rather than as a recipe: it says when, or which recipes. */
    public static boolean isWindow(Path file) {
        try {
            JsonNode written = AuthoredTree.parse(AuthoredText.ofFile(file)).root();
            return written.has("cron") || written.has("recipes");
        } catch (InvalidInput unreadable) {
            return false; // whoever reads it says so
        }
    }

    /**
     * Reads a window's file, YAML or JSON, and the recipes it names.
     *
     * @throws InvalidWindow when a file cannot be read, the window not be opened, or a recipe not be baked
     */
    public WrittenWindow read(Path file) {
        try {
            AuthoredTree tree = AuthoredTree.parse(AuthoredText.ofFile(file));
            List<Problem> problems = new ArrayList<>();
            List<WrittenRecipe> written = recipes(file, tree, problems);
            return new WrittenWindow(judge.read(tree, problems), written);
        } catch (InvalidInput refused) {
            throw new InvalidWindow(refused.problems());
        }
    }

    private List<WrittenRecipe> recipes(Path file, AuthoredTree tree, List<Problem> problems) {
        List<WrittenRecipe> written = new ArrayList<>();
        Map<String, String> families = new LinkedHashMap<>();
        JsonNode names = tree.root().path("recipes");
        for (int entry = 0; entry < names.size(); entry++) {
            String pointer = "/recipes/" + entry;
            String name = names.path(entry).asText();
            if (!names.path(entry).isTextual() || name.isEmpty()) {
                continue; // the schema complains
            }
            recipe(file, name, tree, pointer, problems).ifPresent(recipe -> {
                written.add(recipe);
                String family = family(recipe.recipe());
                String earlier = families.putIfAbsent(family, name);
                if (earlier != null && !earlier.equals(name)) {
                    problems.add(tree.problemAt(
                            pointer,
                            "%s is of the family %s, as is %s; give it another name or leave it out"
                                    .formatted(name, family, earlier)));
                }
            });
        }
        return written;
    }

    private Optional<WrittenRecipe> recipe(
            Path window, String name, AuthoredTree tree, String pointer, List<Problem> problems) {
        try {
            return Optional.of(recipes.read(window.resolveSibling(name).normalize()));
        } catch (InvalidPathException noPath) {
            problems.add(tree.problemAt(pointer, "\"%s\" is no path; write the name of a file".formatted(name)));
        } catch (InvalidRecipe refused) {
            refused.problems().stream()
                    .map(problem -> problem.place().line() > 0
                            ? problem
                            : tree.problemAt(pointer, problem.place().source() + ": " + problem.message()))
                    .forEach(problems::add);
        }
        return Optional.empty();
    }

    /** Recipes without a region share the installation's. */
    private static String family(Recipe recipe) {
        return recipe.region()
                .map(region -> "%s in %s".formatted(recipe.name(), region))
                .orElse(recipe.name());
    }
}
