package org.amibakery.window;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.amibakery.recipe.ImageId;

/** Writes how a window's run stands in Markdown, for the Web UI's current details. */
final class WindowDetails {
    /** Details are bounded by the server; the report has the rest. */
    private static final int MOST_ROWS = 100;

    private static final int LONGEST_CELL = 200;

    private WindowDetails() {}

    static String of(WindowReport report) {
        StringBuilder text = new StringBuilder(1024);
        text.append("**Window %s**: %s%n%n"
                .formatted(report.window(), report.state().name().toLowerCase(Locale.ROOT)));
        text.append("Opened %s, nothing starts from %s, closes %s%n%n"
                .formatted(
                        report.opened().truncatedTo(ChronoUnit.SECONDS),
                        report.lastStart().truncatedTo(ChronoUnit.SECONDS),
                        report.closes().truncatedTo(ChronoUnit.SECONDS)));
        text.append("%s%n%n".formatted(counts(report)));
        text.append("| recipe | state | image | bake | why |\n|---|---|---|---|---|\n");
        report.recipes().stream().limit(MOST_ROWS).forEach(line -> text.append(row(line)));
        if (report.recipes().size() > MOST_ROWS) {
            text.append(
                    "%n%d more are in the result.%n".formatted(report.recipes().size() - MOST_ROWS));
        }
        return text.toString().lines().collect(joining("\n", "", "\n"));
    }

    private static String counts(WindowReport report) {
        Map<RecipeState, Long> counts =
                report.recipes().stream().collect(groupingBy(RecipeLine::state, TreeMap::new, counting()));
        return counts.entrySet().stream()
                .map(count -> "%d %s".formatted(count.getValue(), count.getKey().words()))
                .collect(joining(", "));
    }

    private static String row(RecipeLine line) {
        String why = line.message().isEmpty() ? String.join("; ", line.reasons()) : line.message();
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(
                        cell(line.recipe()),
                        line.state().words(),
                        line.image().map(ImageId::value).orElse(""),
                        line.workflowId().orElse(""),
                        cell(why));
    }

    /** A cell holds one line, and no bar would stay inside it. */
    private static String cell(String text) {
        String line = text.replace('\n', ' ').replace('|', '/');
        return line.length() <= LONGEST_CELL ? line : line.substring(0, LONGEST_CELL) + "...";
    }
}
