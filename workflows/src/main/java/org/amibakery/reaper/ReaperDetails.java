package org.amibakery.reaper;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.workflow.MarkdownCell;

/** Writes a reaper's progress in Markdown, for the Web UI's current details. */
final class ReaperDetails {
    /** Details are bounded by the server; the report has the rest. */
    private static final int MOST_ROWS = 25;

    private ReaperDetails() {}

    static String of(ReaperReport report) {
        StringBuilder text = new StringBuilder(1024);
        text.append(
                "**Reaper of %s** (%s): %s%n".formatted(report.stack(), words(report.mode()), words(report.state())));
        line(text, "First look", report.firstLook());
        line(text, "Second look", report.secondLook());
        text.append("%nRegions: %s%n"
                .formatted(report.regions().stream().map(Object::toString).collect(joining(", "))));
        table(text, report.removed().isEmpty() ? "Orphans" : "Orphans found", report.orphans(), report.orphanCount());
        table(text, "Removed", report.removed(), report.removed().size());
        table(text, "Failed", report.failed(), report.failed().size());
        table(text, "Kept", report.kept(), report.keptCount());
        report.outOfReach()
                .forEach(away -> text.append("%nOut of reach: %s: %s%n".formatted(away.region(), away.reason())));
        report.warnings().forEach(warning -> text.append("%nWarning: %s%n".formatted(warning)));
        return text.toString().lines().collect(joining("\n", "", "\n"));
    }

    private static void table(StringBuilder text, String title, List<Verdict> verdicts, int count) {
        if (count == 0) {
            return;
        }
        text.append("%n%s: %d%n".formatted(title, count));
        if (!verdicts.isEmpty()) {
            text.append("%n| what | where | bake | why |%n|---|---|---|---|%n".formatted());
        }
        verdicts.stream()
                .limit(MOST_ROWS)
                .forEach(verdict -> text.append("| %s %s | %s | %s | %s |%n"
                        .formatted(
                                verdict.resource().kind().words(),
                                verdict.resource().id(),
                                verdict.resource().region(),
                                MarkdownCell.of(verdict.bake()),
                                MarkdownCell.of(verdict.reason()))));
    }

    private static void line(StringBuilder text, String title, Optional<Instant> when) {
        when.ifPresent(at -> text.append("%n%s: %s%n".formatted(title, at.truncatedTo(ChronoUnit.SECONDS))));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
