package org.amibakery.cli;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amibakery.schedule.Difference;
import org.amibakery.schedule.ScheduledWindow;
import org.amibakery.schedule.WindowChange;

/** Writes windows for people, their times in the zone that each window has. */
final class ScheduleText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME_AND_ZONE =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm zzz", Locale.ENGLISH);
    private static final int NEXT_SHOWN = 5;

    private ScheduleText() {}

    /** What an application changes, value by value. */
    static List<String> change(WindowChange change, Palette palette) {
        List<String> lines = new ArrayList<>();
        lines.add("Window %s: %s"
                .formatted(palette.strong(change.window()), change.kind().name().toLowerCase(Locale.ROOT)));
        change.differences().forEach(difference -> lines.add("  " + difference(difference, palette)));
        return lines;
    }

    private static String difference(Difference difference, Palette palette) {
        String before = difference.before().map(palette::bad).orElse("");
        String after = difference.after().map(palette::good).orElse(palette.faint("gone"));
        return difference.before().isPresent()
                ? "%s: %s -> %s".formatted(difference.path(), before, after)
                : "%s: %s".formatted(difference.path(), after);
    }

    static String times(List<ZonedDateTime> times) {
        return times.stream().map(TIME_AND_ZONE::format).collect(joining(", "));
    }

    /** When it opens next, in words. */
    static String next(ScheduledWindow window) {
        return window.next().stream()
                .findFirst()
                .map(next -> TIME_AND_ZONE.format(next.atZone(window.zone())))
                .orElse("never again");
    }

    static List<String> row(ScheduledWindow window, Optional<WindowStand> last) {
        return List.of(
                window.name(),
                window.paused().map(why -> "paused").orElseGet(() -> next(window)),
                last.map(stand -> "%s: %s".formatted(time(stand, window.zone()), summary(stand)))
                        .orElse("none yet"));
    }

    static List<String> table(List<List<String>> rows, Palette palette) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> head = List.of("WINDOW", "OPENS", "LAST RUN");
        int name = width(rows, head, 0);
        int opens = width(rows, head, 1);
        String format = "%%-%ds  %%-%ds  %%s".formatted(name, opens);
        List<String> lines = new ArrayList<>();
        lines.add(palette.faint(format.formatted(head.toArray())));
        rows.forEach(row -> lines.add(format.formatted(row.toArray())));
        return lines;
    }

    private static int width(List<List<String>> rows, List<String> head, int column) {
        return Math.max(
                head.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    /** Everything about one window. */
    static List<String> lines(ScheduledWindow window, List<WindowStand> recent, Palette palette) {
        List<String> lines = new ArrayList<>();
        lines.add("Window " + palette.strong(window.name()));
        lines.add("  " + (window.note().isEmpty() ? "no note" : window.note()));
        window.paused().ifPresent(why -> lines.add("  " + palette.warning("paused") + ": it opens no more"));
        settings(window).forEach((name, value) -> lines.add("  %-20s %s".formatted(name, value)));
        lines.add("  %-20s %s"
                .formatted(
                        "recipes",
                        window.window().recipes().stream()
                                .map(recipe -> recipe.recipe().path("name").asText())
                                .collect(joining(", "))));
        lines.add("  %-20s %s"
                .formatted(
                        "opens",
                        window.next().isEmpty()
                                ? "never again"
                                : times(window.next().stream()
                                        .limit(NEXT_SHOWN)
                                        .map(next -> next.atZone(window.zone()))
                                        .toList())));
        if (window.missed() + window.skipped() > 0) {
            lines.add("  %-20s %d missed for too long, %d skipped as the run before still went on"
                    .formatted("not run", window.missed(), window.skipped()));
        }
        lines.add(recent.isEmpty() ? "  no run yet" : "Last runs");
        recent.forEach(stand -> {
            lines.add("  %s  %s  %s"
                    .formatted(
                            time(stand, window.zone()),
                            summary(stand),
                            palette.faint(stand.run().workflowId())));
            stand.report()
                    .ifPresent(report -> WindowText.lines(report, palette).forEach(line -> lines.add("    " + line)));
        });
        return lines;
    }

    /** What the file says, without the recipes, which have files of their own. */
    private static Map<String, String> settings(ScheduledWindow window) {
        return window.values().entrySet().stream()
                .filter(value -> !value.getKey().startsWith("recipes."))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    private static String summary(WindowStand stand) {
        return stand.report()
                .map(WindowText::counts)
                .filter(counts -> !counts.isEmpty())
                .orElse(stand.state());
    }

    private static String time(WindowStand stand, ZoneId zone) {
        Instant due = stand.run().due();
        return TIME.format(due.atZone(zone));
    }
}
