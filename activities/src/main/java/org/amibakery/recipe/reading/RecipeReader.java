package org.amibakery.recipe.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.authored.AuthoredText;
import org.amibakery.authored.AuthoredTree;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Nulls;
import org.amibakery.authored.Problem;
import org.amibakery.authored.Setting;
import org.amibakery.authored.Settings;
import org.amibakery.authored.Shape;
import org.amibakery.authored.TreeMapping;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.RecipeValidator;

/** Reads recipes and refuses those that could not be baked, with every problem at once. Safe for any thread. */
public final class RecipeReader {
    /** The file name of the JSON Schema, published beside the sample recipes. */
    public static final String SCHEMA = "recipe.schema.json";

    private final Shape shape = Shape.ofResource(SCHEMA);

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
        try {
            return read(AuthoredText.ofFile(file), overrides);
        } catch (InvalidRecipe refused) {
            throw refused;
        } catch (InvalidInput unreadable) {
            throw new InvalidRecipe(unreadable.problems());
        }
    }

    /**
     * Reads the text of a recipe and replaces some of its values before anything is checked.
     *
     * @throws InvalidRecipe when the text is neither YAML nor JSON, or the recipe cannot be baked
     */
    public WrittenRecipe read(AuthoredText text, List<Setting> overrides) {
        try {
            AuthoredTree tree = AuthoredTree.parse(text);
            Settings.apply(tree, shape, overrides);
            return judged(tree);
        } catch (InvalidRecipe refused) {
            throw refused;
        } catch (InvalidInput unreadable) {
            throw new InvalidRecipe(unreadable.problems());
        }
    }

    /**
     * Reads a recipe that came as JSON, such as a workflow's input; problems are placed by JSON pointer.
     *
     * @throws InvalidRecipe when the recipe cannot be baked
     */
    public WrittenRecipe read(JsonNode input) {
        return judged(AuthoredTree.of(input));
    }

    private WrittenRecipe judged(AuthoredTree tree) {
        Shape.Findings findings = shape.check(tree);
        List<Problem> problems = new ArrayList<>(findings.problems());
        TreeMapping<Recipe> mapping = TreeMapping.of(findings.mended(), Recipe.class);
        mapping.complaint()
                .filter(complaint -> findings.wroteThemselves(complaint.pointer()))
                .ifPresent(complaint -> problems.add(tree.problemAt(complaint.pointer(), complaint.message())));
        mapping.value().map(RecipeValidator::problemsOf).orElse(List.of()).stream()
                .filter(problem -> findings.wroteThemselves(problem.pointer()))
                .map(problem -> tree.problemAt(problem.pointer(), problem.message()))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidRecipe(problems);
        }
        return new WrittenRecipe(mapping.value().orElseThrow(), Nulls.leftOut(tree.root()));
    }
}
