package org.amibakery.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.window.MaintenanceWindow;

/**
 * Tells of a window as Temporal has it.
 *
 * @param zone in which its times are meant
 * @param paused why it is paused; absent when it is not
 * @param values all its settings, by their names in its file
 * @param next when it opens next, as far as Temporal tells
 * @param recent its last runs, the newest first, those that run among them
 * @param running the workflow ids of those that run
 * @param missed how many runs were missed for so long that nothing made up for them
 * @param skipped how many were skipped as the one before them still ran
 */
public record ScheduledWindow(
        String name,
        ZoneId zone,
        Optional<String> paused,
        String note,
        MaintenanceWindow window,
        Map<String, String> values,
        List<Instant> next,
        List<WindowRun> recent,
        List<String> running,
        long missed,
        long skipped) {
    public ScheduledWindow {
        requireNonNull(name, "name");
        requireNonNull(zone, "zone");
        requireNonNull(paused, "paused");
        requireNonNull(note, "note");
        requireNonNull(window, "window");
        next = List.copyOf(next);
        recent = List.copyOf(recent);
        running = List.copyOf(running);
    }
}
