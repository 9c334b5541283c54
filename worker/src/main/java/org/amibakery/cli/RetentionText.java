package org.amibakery.cli;

import java.util.ArrayList;
import java.util.List;
import org.amibakery.recipe.Durations;
import org.amibakery.retention.FamilyRetention;
import org.amibakery.retention.RegionRetention;
import org.amibakery.retention.RetentionMode;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionReport.WithdrawnImage;

/** Writes what the retention of a family came to for people. */
final class RetentionText {
    private RetentionText() {}

    /** Says in a line what it is about. */
    static String progress(FamilyRetention report) {
        return switch (report.state()) {
            case PLANNING -> "%s: looks at every image.".formatted(report.family());
            case DELETING ->
                "%s: %d images may go, %d are gone."
                        .formatted(report.family(), report.plannedCount(), report.deletedCount());
            case COMPLETED -> "%s: has looked at every image.".formatted(report.family());
        };
    }

    /** Writes the whole report. */
    static List<String> lines(FamilyRetention report, Palette palette) {
        List<String> lines = new ArrayList<>();
        lines.add("%s%s"
                .formatted(
                        palette.strong(report.family()),
                        report.policy()
                                .map(policy -> ": older than %s goes, but never one of the newest %d good images"
                                        .formatted(Durations.text(policy.olderThan()), policy.keepAtLeast()))
                                .orElse("")));
        report.regions().forEach(region -> add(lines, report.mode(), region, palette));
        return lines;
    }

    private static void add(List<String> lines, RetentionMode mode, RegionRetention region, Palette palette) {
        switch (mode) {
            case PLAN -> {
                lines.add("  %s: %d would go, %d stay"
                        .formatted(region.region(), region.plannedCount(), region.keptCount()));
                table(lines, palette.warning("would go"), region.planned());
            }
            case DELETE -> {
                lines.add("  %s: %d deleted, %d withdrawn, %d refused, %d stay"
                        .formatted(
                                region.region(),
                                region.deletedCount(),
                                region.withdrawnCount(),
                                region.failed().size(),
                                region.keptCount()));
                table(lines, palette.good("deleted"), region.deleted());
                table(
                        lines,
                        palette.warning("withdrawn"),
                        region.withdrawn().stream().map(RetentionText::verdict).toList());
            }
        }
        table(lines, palette.bad("refused"), region.failed());
        table(lines, palette.faint("kept"), region.kept());
    }

    private static ImageVerdict verdict(WithdrawnImage image) {
        return new ImageVerdict(
                image.id(),
                image.name(),
                "%s until %s: %s".formatted(image.step().words(), image.until(), image.reason()));
    }

    private static void table(List<String> lines, String title, List<ImageVerdict> images) {
        if (!images.isEmpty()) {
            lines.add("    " + title);
        }
        images.forEach(image -> lines.add("      %-22s %-46s %s".formatted(image.id(), image.name(), image.reason())));
    }
}
