package org.amibakery.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.amibakery.recipe.ImageId;
import org.amibakery.window.RecipeLine;
import org.amibakery.window.RecipeState;
import org.amibakery.window.RetentionLine;
import org.amibakery.window.WindowReport;

/** Writes what a window's run came to for people. */
final class WindowText {
    private WindowText() {}

    /** How many recipes came to which end. */
    static String counts(WindowReport report) {
        return report.recipes().stream()
                .collect(groupingBy(RecipeLine::state, TreeMap::new, counting()))
                .entrySet()
                .stream()
                .map(count -> "%d %s".formatted(count.getValue(), count.getKey().words()))
                .collect(joining(", "));
    }

    /** A line for each recipe, then for each family's old images, then what else is to be said. */
    static List<String> lines(WindowReport report, Palette palette) {
        List<String> lines = new ArrayList<>();
        report.recipes().forEach(line -> lines.add(line(line, palette)));
        report.retention().stream()
                .filter(line -> line.deleted() > 0
                        || line.withdrawn() > 0
                        || !line.troubles().isEmpty())
                .forEach(line -> lines.add(line(line)));
        report.paused().ifPresent(why -> lines.add(palette.bad("paused") + " " + why));
        report.warnings().forEach(warning -> lines.add(palette.warning("warning") + " " + warning));
        return lines;
    }

    /** How one recipe stands, and why. */
    static String line(RecipeLine line, Palette palette) {
        String why = line.message().isEmpty() ? String.join("; ", line.reasons()) : line.message();
        return "%s %s%s%s"
                .formatted(
                        painted(line.state(), palette),
                        line.recipe(),
                        line.image().map(ImageId::value).map(id -> " " + id).orElse(""),
                        why.isEmpty() ? "" : ": " + why);
    }

    private static String line(RetentionLine line) {
        return "old images of %s: %d deleted, %d withdrawn, %d kept%s"
                .formatted(
                        line.recipe(),
                        line.deleted(),
                        line.withdrawn(),
                        line.kept(),
                        line.troubles().isEmpty() ? "" : ": " + String.join(" ", line.troubles()));
    }

    private static String painted(RecipeState state, Palette palette) {
        String words = "%-10s".formatted(state.words());
        return switch (state) {
            case BAKED, JOINED -> palette.good(words);
            case FAILED -> palette.bad(words);
            case SKIPPED, CANCELED, LEFT_RUNNING -> palette.warning(words);
            case CHECKING, BAKING, JOINING -> palette.active(words);
            case WAITING, UNCHANGED -> palette.faint(words);
        };
    }
}
