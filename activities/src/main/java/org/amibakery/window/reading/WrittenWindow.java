package org.amibakery.window.reading;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeRequest;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.window.MaintenanceWindow;
import org.amibakery.window.WindowOpening;

/** Holds a valid window together with its recipes, in the order of the file. */
public record WrittenWindow(WindowFile file, List<WrittenRecipe> recipes) {
    /** How far ahead change-overs of clocks are told: the next spring at least. */
    private static final Duration AHEAD = Duration.ofDays(400);

    /** For what comes after the last wait: retention, which has a quarter of an hour, and the end itself. */
    private static final Duration TO_END = Duration.ofMinutes(20);

    public WrittenWindow {
        requireNonNull(file, "file");
        recipes = List.copyOf(recipes);
    }

    /** What one run of it takes as input. */
    public MaintenanceWindow request() {
        return new MaintenanceWindow(
                file.name(),
                file.duration(),
                file.cutoff(),
                file.atEnd(),
                file.onlyWhenChanged(),
                file.rebakeAfter(),
                file.maxConcurrent(),
                recipes.stream().map(recipe -> new BakeRequest(recipe.json())).toList(),
                false,
                file.pauseAfterFailures(),
                Optional.of(patience()),
                Optional.of(new WindowOpening(file.cron(), file.timeZone(), file.jitter())));
    }

    /** When it opens. */
    public OpeningTimes times() {
        return OpeningTimes.of(file.cron());
    }

    /** The zone in which its times are meant. */
    public ZoneId zone() {
        return ZoneId.of(file.timeZone());
    }

    /** What its author should know of the time to come, though nothing is wrong. */
    public List<String> notes(Instant now) {
        return times().leftOut(now, zone(), AHEAD).stream().map(this::note).toList();
    }

    private String note(LocalDateTime leftOut) {
        return "On %s there is no %s in %s, as clocks go forward: the window does not open then. Choose a time outside of that hour if it must."
                .formatted(leftOut.toLocalDate(), leftOut.toLocalTime(), zone());
    }

    /** Until the window opens again, lest a bake that hangs should make the schedule skip that run. */
    private Duration patience() {
        Duration untilNext = times().shortestPause()
                .map(pause -> pause.minus(file.duration()).minus(file.jitter()).minus(TO_END))
                .orElse(MaintenanceWindow.USUAL_PATIENCE);
        if (untilNext.isNegative()) {
            return Duration.ZERO;
        }
        return untilNext.compareTo(MaintenanceWindow.USUAL_PATIENCE) < 0 ? untilNext : MaintenanceWindow.USUAL_PATIENCE;
    }
}
