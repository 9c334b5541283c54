package org.amibakery.bake;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.workflow.MarkdownCell;

/** Writes a bake's progress in Markdown, for the Web UI's current details. */
final class ProgressDetails {
    private ProgressDetails() {}

    static String of(BakeReport report) {
        StringBuilder text = new StringBuilder(1024);
        text.append("**%s** in %s: %s%n%n".formatted(report.recipe(), report.region(), words(report.state())));
        text.append("| # | step | state | took | detail |\n|---|---|---|---|---|\n");
        for (StepReport step : report.steps()) {
            text.append("| %d | %s | %s | %s | %s |%n"
                    .formatted(
                            step.step().number(),
                            step.step().words(),
                            words(step.state()),
                            took(step),
                            MarkdownCell.of(step.detail())));
        }
        for (StageReport stage : report.stages()) {
            text.append("| | %s | %s | | %s |%n"
                    .formatted(stage.stage(), words(stage.state()), MarkdownCell.of(stage.detail())));
        }
        paragraph(text, "Deadline", report.deadline().map(ProgressDetails::seconds));
        paragraph(text, "Failure", Optional.of(report.failure()).filter(why -> !why.isEmpty()));
        report.warnings().forEach(warning -> paragraph(text, "Warning", Optional.of(warning)));
        report.leaked().forEach(leak -> paragraph(text, "Left behind", Optional.of(leak)));
        return text.toString().lines().collect(joining("\n", "", "\n"));
    }

    private static void paragraph(StringBuilder text, String title, Optional<String> what) {
        what.ifPresent(said -> text.append("\n%s: %s%n".formatted(title, said)));
    }

    private static String took(StepReport step) {
        if (step.startedAt().isEmpty() || step.endedAt().isEmpty()) {
            return step.startedAt().map(start -> "since " + seconds(start)).orElse("");
        }
        Duration took = Duration.between(step.startedAt().get(), step.endedAt().get());
        return took.toMinutes() > 0
                ? "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart())
                : "%d.%d s".formatted(took.toSeconds(), took.toMillisPart() / 100);
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String words(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
