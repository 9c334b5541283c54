package org.amibakery.schedule;

import java.util.List;

/** Tells that Temporal has no window of that name, and which it has. */
public final class UnknownWindow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownWindow(String name, List<String> known) {
        super("There is no window %s. %s"
                .formatted(
                        name,
                        known.isEmpty()
                                ? "There is none at all; install one with: bakery schedule apply FILE"
                                : "These are: " + String.join(", ", known) + "."));
    }
}
