package org.amibakery.window;

import static java.util.Objects.requireNonNull;

/**
 * Asks for a schedule to be paused.
 *
 * @param note why, for whoever looks at it
 */
public record PauseSchedule(String scheduleId, String note) {
    public PauseSchedule {
        requireNonNull(scheduleId, "scheduleId");
        requireNonNull(note, "note");
    }
}
