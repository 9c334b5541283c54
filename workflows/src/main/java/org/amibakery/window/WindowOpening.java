package org.amibakery.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Tells when a window opens, as its author wrote it. For people alone: the schedule decides.
 *
 * @param cron five fields, in the time zone
 * @param timeZone an IANA name
 * @param jitter how much later it may open, by chance
 */
public record WindowOpening(String cron, String timeZone, Duration jitter) {
    public WindowOpening {
        requireNonNull(cron, "cron");
        requireNonNull(timeZone, "timeZone");
        jitter = jitter == null ? Duration.ZERO : jitter;
    }
}
