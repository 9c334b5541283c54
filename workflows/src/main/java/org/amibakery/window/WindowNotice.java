package org.amibakery.window;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.amibakery.notification.Notification;
import org.amibakery.recipe.ImageId;

/** Writes what people are told of the end of a window's run. */
final class WindowNotice {
    private WindowNotice() {}

    static Notification of(WindowReport report, String workflowId, boolean hasFailed) {
        String subject = "Window %s %s: %s"
                .formatted(report.window(), report.state().name().toLowerCase(Locale.ROOT), counts(report));
        return new Notification(
                subject,
                Stream.of(
                                Stream.of(subject, ""),
                                report.recipes().stream().map(WindowNotice::line),
                                report.retention().stream().map(WindowNotice::line),
                                report.paused().stream().map(why -> "The window is paused: " + why),
                                report.warnings().stream(),
                                Stream.of("", "The whole report is the result of workflow %s.".formatted(workflowId)))
                        .flatMap(lines -> lines)
                        .collect(joining("\n")),
                Map.of(
                        "kind",
                        "window",
                        "name",
                        report.window(),
                        "state",
                        hasFailed ? "failed" : report.state().name().toLowerCase(Locale.ROOT)),
                Optional.empty());
    }

    /** How many recipes came to which end, in words. */
    static String counts(WindowReport report) {
        Map<RecipeState, Long> counts =
                report.recipes().stream().collect(groupingBy(RecipeLine::state, TreeMap::new, counting()));
        return counts.entrySet().stream()
                .map(count -> "%d %s".formatted(count.getValue(), count.getKey().words()))
                .collect(joining(", "));
    }

    private static String line(RecipeLine line) {
        String why = line.message().isEmpty() ? String.join("; ", line.reasons()) : line.message();
        return "%s: %s%s%s"
                .formatted(
                        line.recipe(),
                        line.state().words(),
                        line.image().map(ImageId::value).map(id -> " " + id).orElse(""),
                        why.isEmpty() ? "" : " (" + why + ")");
    }

    private static String line(RetentionLine line) {
        return "%s: %d old images deleted, %d withdrawn, %d kept%s"
                .formatted(
                        line.recipe(),
                        line.deleted(),
                        line.withdrawn(),
                        line.kept(),
                        line.troubles().isEmpty() ? "" : ". " + String.join(" ", line.troubles()));
    }
}
