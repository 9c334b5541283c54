package org.amibakery.schedule;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Tells how a window's file differs from what Temporal has. */
public record WindowChange(String window, Kind kind, List<Difference> differences) {
    public WindowChange {
        requireNonNull(window, "window");
        requireNonNull(kind, "kind");
        differences = List.copyOf(differences);
    }

    /** Says whether Temporal has it, and whether it differs. */
    public enum Kind {
        NEW,
        CHANGED,
        UNCHANGED
    }
}
