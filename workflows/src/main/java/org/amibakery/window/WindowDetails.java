package org.amibakery.window;

import static java.util.stream.Collectors.joining;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.amibakery.recipe.ImageId;
import org.amibakery.workflow.MarkdownCell;

/** Writes how a window's run stands in Markdown, for the Web UI's current details. */
final class WindowDetails {
    /** Details are bounded by the server; the report has the rest. */
    private static final int MOST_ROWS = 100;

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
        text.append("%s%n%n".formatted(WindowNotice.counts(report)));
        text.append("| recipe | state | image | bake | why |\n|---|---|---|---|---|\n");
        report.recipes().stream().limit(MOST_ROWS).forEach(line -> text.append(row(line)));
        if (report.recipes().size() > MOST_ROWS) {
            text.append(
                    "%n%d more are in the result.%n".formatted(report.recipes().size() - MOST_ROWS));
        }
        if (!report.retention().isEmpty()) {
            text.append("%n| old images of | deleted | withdrawn | kept | by | trouble |\n|---|---|---|---|---|---|\n"
                    .formatted());
            report.retention().stream().limit(MOST_ROWS).forEach(line -> text.append(row(line)));
        }
        report.paused().ifPresent(why -> text.append("%n**Paused**: %s%n".formatted(why)));
        report.warnings().forEach(warning -> text.append("%nWarning: %s%n".formatted(warning)));
        return text.toString().lines().collect(joining("\n", "", "\n"));
    }

    private static String row(RetentionLine line) {
        return "| %s | %d | %d | %d | %s | %s |%n"
                .formatted(
                        MarkdownCell.of(line.recipe()),
                        line.deleted(),
                        line.withdrawn(),
                        line.kept(),
                        line.workflowId().orElse(""),
                        MarkdownCell.of(String.join(" ", line.troubles())));
    }

    private static String row(RecipeLine line) {
        String why = line.message().isEmpty() ? String.join("; ", line.reasons()) : line.message();
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(
                        MarkdownCell.of(line.recipe()),
                        line.state().words(),
                        line.image().map(ImageId::value).orElse(""),
                        line.workflowId().orElse(""),
                        MarkdownCell.of(why));
    }
}
