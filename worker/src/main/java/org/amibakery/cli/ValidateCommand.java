package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.amibakery.authored.Problem;
import org.amibakery.recipe.reading.InvalidRecipe;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.recipe.reading.WrittenRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks recipe files, all of them, and calls nobody. */
@Command(
        name = "validate",
        description =
                "Check recipe files; tells every problem with its file, line and column, and what to write instead.",
        footerHeading = "%nExample:%n",
        footer = "  bakery validate recipes/*.yaml")
final class ValidateCommand extends BakeryCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recipes in YAML or JSON.")
    private List<Path> files = List.of();

    ValidateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        RecipeReader reader = new RecipeReader();
        ArrayNode verdicts = JsonNodeFactory.instance.arrayNode();
        ExitCode exitCode = ExitCode.DONE;
        for (Path file : files) {
            ObjectNode verdict = verdicts.addObject().put("file", file.toString());
            try {
                WrittenRecipe written = reader.read(file);
                valid(console, verdict, written);
            } catch (InvalidRecipe invalid) {
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
