package org.amibakery.retention;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import org.amibakery.recipe.Durations;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionReport.WithdrawnImage;
import org.amibakery.workflow.MarkdownCell;

/** Writes how a family's retention stands in Markdown, for the Web UI's current details. */
final class RetentionDetails {
    /** Details are bounded by the server; the report has more. */
    private static final int MOST_ROWS = 25;

    private RetentionDetails() {}

    static String of(FamilyRetention report) {
        StringBuilder text = new StringBuilder(1024);
        text.append("**Retention of %s** (%s): %s%n"
                .formatted(report.family(), words(report.mode()), words(report.state())));
        report.policy()
                .ifPresent(policy -> text.append("%nOlder than %s goes, but never one of the newest %d good images.%n"
                        .formatted(Durations.text(policy.olderThan()), policy.keepAtLeast())));
        report.regions().forEach(region -> add(text, report, region));
        return text.toString().lines().collect(joining("\n", "", "\n"));
    }

    private static void add(StringBuilder text, FamilyRetention report, RegionRetention region) {
        text.append("%n**%s**: %d planned, %d deleted, %d withdrawn, %d kept%n"
                .formatted(
                        region.region(),
                        region.plannedCount(),
                        region.deletedCount(),
                        region.withdrawnCount(),
                        region.keptCount()));
        region.unfinished()
                .ifPresent(why -> text.append("%nCould not be gone through: %s%n".formatted(MarkdownCell.of(why))));
        switch (report.mode()) {
            case PLAN -> table(text, "would go", region.planned());
            case DELETE -> table(text, "deleted", region.deleted());
        }
        table(
                text,
                "withdrawn",
                region.withdrawn().stream().map(RetentionDetails::verdict).toList());
        table(text, "refused", region.failed());
        table(text, "kept", region.kept());
    }

    private static ImageVerdict verdict(WithdrawnImage image) {
        return new ImageVerdict(
                image.id(),
                image.name(),
                "%s until %s: %s".formatted(image.step().words(), image.until(), image.reason()));
    }

    private static void table(StringBuilder text, String title, List<ImageVerdict> images) {
        if (images.isEmpty()) {
            return;
        }
        text.append("%n| %s | name | why |%n|---|---|---|%n".formatted(title));
        images.stream()
                .limit(MOST_ROWS)
                .forEach(image -> text.append("| %s | %s | %s |%n"
                        .formatted(image.id(), MarkdownCell.of(image.name()), MarkdownCell.of(image.reason()))));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
