package org.amibakery.schedule;

/** Tells that a schedule of a window's id starts something else, and so is left alone. */
public final class NotOurs extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOurs(String schedule) {
        super("The schedule %s starts no maintenance window, so it is left as it is. Give the window another name."
                .formatted(schedule));
    }
}
