package org.amibakery.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.StepReport;

/** Sums up an ended bake for people. */
final class BakeSummary {
    private BakeSummary() {}

    /** When the bake's last step ended. */
    static Optional<Instant> endOf(BakeReport report) {
        return report.steps().stream()
                .map(StepReport::endedAt)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    /** What came of the bake, and what it deleted; a line each. */
    static List<String> lines(BakeReport report, Palette palette) {
        List<String> lines = new ArrayList<>();
        BakeName name = BakeName.of(report);
        lines.add("%s %s in %s: %s"
                .formatted(mark(report, palette), palette.strong(name.recipe()), name.region(), outcome(report)));
        report.stages()
                .forEach(stage -> lines.add("    %s: %s %s"
                        .formatted(stage.stage(), ProgressEvent.words(stage.state()), stage.detail())
                        .stripTrailing()));
        report.deleted()
                .forEach(image ->
                        lines.add("    deleted  %s %s: %s".formatted(image.id(), image.name(), image.reason())));
        report.warnings().forEach(warning -> lines.add("    " + palette.warning("warning") + "  " + warning));
        report.leaked().forEach(leak -> lines.add("    " + palette.bad("left behind") + "  " + leak));
        return lines;
    }

    private static String mark(BakeReport report, Palette palette) {
        return switch (report.state()) {
            case COMPLETED -> palette.good("✓");
            case FAILED -> palette.bad("✗");
            case CANCELED -> palette.warning("✗");
            case RUNNING, HELD, CLEANING_UP -> palette.active("·");
        };
    }

    private static String outcome(BakeReport report) {
        if (report.state() == BakeState.COMPLETED) {
            return "%s (%s), baked in %s"
                    .formatted(
                            report.image().map(Object::toString).orElse("no image"),
                            report.imageName(),
                            endOf(report)
                                    .map(end -> Took.text(Duration.between(report.startedAt(), end)))
                                    .orElse("no time"));
        }
        return ProgressEvent.words(report.state());
    }
}
