package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Problem;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.window.reading.WindowReader;
import org.amibakery.window.reading.WrittenWindow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks files of recipes and windows, all of them, and calls nobody. */
@Command(
        name = "validate",
        description =
                "Check recipes and maintenance windows; tells every problem with its file, line and column, and what to"
                        + " write instead. The recipes that a window names are checked with it.",
        footerHeading = "%nExample:%n",
        footer = "  bakery validate recipes/*.yaml windows/*.yaml")
final class ValidateCommand extends BakeryCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recipes or windows in YAML or JSON.")
    private List<Path> files = List.of();

    ValidateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        RecipeReader recipes = new RecipeReader();
        WindowReader windows = new WindowReader();
        ArrayNode verdicts = JsonNodeFactory.instance.arrayNode();
        ExitCode exitCode = ExitCode.DONE;
        for (Path file : files) {
            ObjectNode verdict = verdicts.addObject().put("file", file.toString());
            try {
                if (WindowReader.isWindow(file)) {
                    WrittenWindow window = windows.read(file);
                    valid(console, verdict, window);
                    notes(console, verdict, window.notes(console.clock().instant()));
                } else {
                    valid(console, verdict, recipes.read(file));
                }
            } catch (InvalidInput invalid) {
                console.error(invalid.getMessage());
                problems(verdict, invalid.problems());
                exitCode = ExitCode.USAGE;
            }
            console.jsonLine(verdict);
        }
        if (console.format() == OutputFormat.JSON) {
            console.json(verdicts);
        }
        return exitCode;
    }

    private static void valid(Console console, ObjectNode verdict, WrittenRecipe written) {
        verdict.put("valid", true);
        verdict.put("recipe", written.recipe().name());
        verdict.put("digest", written.digest().hex());
        verdict.putArray("problems");
        console.text("%s: valid, family %s"
                .formatted(verdict.get("file").asText(), written.recipe().name()));
    }

    private static void valid(Console console, ObjectNode verdict, WrittenWindow written) {
        verdict.put("valid", true);
        verdict.put("window", written.file().name());
        ArrayNode families = verdict.putArray("recipes");
        written.recipes().forEach(recipe -> families.add(recipe.recipe().name()));
        verdict.putArray("problems");
        console.text("%s: valid, window %s of %d recipes"
                .formatted(
                        verdict.get("file").asText(),
                        written.file().name(),
                        written.recipes().size()));
    }

    private static void notes(Console console, ObjectNode verdict, List<String> notes) {
        ArrayNode list = verdict.putArray("notes");
        notes.forEach(note -> {
            console.progress(note);
            list.add(note);
        });
    }

    private static void problems(ObjectNode verdict, List<Problem> problems) {
        verdict.put("valid", false);
        ArrayNode list = verdict.putArray("problems");
        for (Problem problem : problems) {
            list.addObject()
                    .put("source", problem.place().source())
                    .put("line", problem.place().line())
                    .put("column", problem.place().column())
                    .put("pointer", problem.pointer())
                    .put("message", problem.message());
        }
    }
}
