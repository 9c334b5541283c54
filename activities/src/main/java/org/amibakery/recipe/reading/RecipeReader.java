package org.amibakery.recipe.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.amibakery.authored.AuthoredText;
import org.amibakery.authored.AuthoredTree;
import org.amibakery.authored.Complaint;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Judge;
import org.amibakery.authored.Nulls;
import org.amibakery.authored.Setting;
import org.amibakery.authored.Settings;
import org.amibakery.authored.Shape;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.RecipeValidator;

/** Reads recipes and refuses those that could not be baked, with every problem at once. Safe for any thread. */
public final class RecipeReader {
    /** The file name of the JSON Schema, published beside the sample recipes. */
    public static final String SCHEMA = "recipe.schema.json";

    private final Shape shape = Shape.ofResource(SCHEMA);
    private final Judge<Recipe> judge = new Judge<>(shape, Recipe.class, RecipeReader::complaintsAbout);

    /**
     * Reads a recipe file, YAML or JSON.
     *
     * @throws InvalidRecipe when the file cannot be read or the recipe cannot be baked
     */
    public WrittenRecipe read(Path file) {
        return read(file, List.of());
    }

    /**
     * Reads a recipe file and replaces some of its values before anything is checked.
     *
     * @throws InvalidRecipe when the file cannot be read or the recipe cannot be baked
     */
    public WrittenRecipe read(Path file, List<Setting> overrides) {
        return refusing(() -> written(AuthoredText.ofFile(file), overrides));
    }

    /**
     * Reads the text of a recipe and replaces some of its values before anything is checked.
     *
     * @throws InvalidRecipe when the text is neither YAML nor JSON, or the recipe cannot be baked
     */
    public WrittenRecipe read(AuthoredText text, List<Setting> overrides) {
        return refusing(() -> written(text, overrides));
    }

    /**
     * Reads a recipe that came as JSON, such as a workflow's input; problems are placed by JSON pointer.
     *
     * @throws InvalidRecipe when the recipe cannot be baked
     */
    public WrittenRecipe read(JsonNode input) {
        return refusing(() -> judged(AuthoredTree.of(input)));
    }

    private WrittenRecipe written(AuthoredText text, List<Setting> overrides) {
        AuthoredTree tree = AuthoredTree.parse(text);
        Settings.apply(tree, shape, overrides);
        return judged(tree);
    }

    private static WrittenRecipe refusing(Supplier<WrittenRecipe> reading) {
        try {
            return reading.get();
        } catch (InvalidInput refused) {
            throw new InvalidRecipe(refused.problems());
        }
    }

    private WrittenRecipe judged(AuthoredTree tree) {
        return new WrittenRecipe(judge.read(tree, List.of()), Nulls.leftOut(tree.root()));
    }

    private static List<Complaint> complaintsAbout(Recipe recipe) {
        return RecipeValidator.problemsOf(recipe).stream()
                .map(problem -> new Complaint(problem.pointer(), problem.message()))
                .toList();
    }
}
