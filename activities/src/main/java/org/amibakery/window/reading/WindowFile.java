package org.amibakery.window.reading;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.window.AtEnd;
import org.amibakery.window.MaintenanceWindow;

/**
 * Describes a window as its file does.
 *
 * @param cron five fields, in the window's own time zone
 * @param timeZone an IANA name
 * @param rebakeAfter absent means that age alone bakes nothing
 * @param pauseAfterFailures absent means that failures never pause it
 * @param recipes their files, as seen from the window's
 */
public record WindowFile(
        String name,
        String cron,
        String timeZone,
        Duration duration,
        Duration cutoff,
        AtEnd atEnd,
        Duration jitter,
        Boolean onlyWhenChanged,
        Optional<Duration> rebakeAfter,
        Integer maxConcurrent,
        Optional<Integer> pauseAfterFailures,
        List<String> recipes) {

    public WindowFile {
        requireNonNull(name, "name");
        requireNonNull(cron, "cron");
        timeZone = timeZone == null ? "UTC" : timeZone;
        requireNonNull(duration, "duration");
        cutoff = cutoff == null ? Duration.ZERO : cutoff;
        atEnd = atEnd == null ? AtEnd.FINISH : atEnd;
        jitter = jitter == null ? Duration.ZERO : jitter;
        onlyWhenChanged = onlyWhenChanged == null ? Boolean.TRUE : onlyWhenChanged;
        rebakeAfter = rebakeAfter == null ? Optional.empty() : rebakeAfter;
        maxConcurrent = maxConcurrent == null ? Integer.valueOf(MaintenanceWindow.USUAL_CONCURRENCY) : maxConcurrent;
        pauseAfterFailures = pauseAfterFailures == null ? Optional.empty() : pauseAfterFailures;
        recipes = recipes == null ? List.of() : List.copyOf(recipes);
    }
}
