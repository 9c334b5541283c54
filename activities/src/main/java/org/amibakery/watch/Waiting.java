package org.amibakery.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * Describes one wait across all its attempts: another worker goes on where a dead one stopped.
 *
 * @param subject what is waited for
 * @param since when the activity was first scheduled
 * @param now when the look was made
 * @param wasSeen whether any look so far saw it, by this worker or another
 * @param unseenFor how long this worker has missed it since it saw it last, counted between looks that were answered one after
 *     the other; zero when this look sees it
 */
public record Waiting<W>(W subject, Instant since, Instant now, boolean wasSeen, Duration unseenFor) {
    /** How long the wait has lasted. */
    public Duration age() {
        return Duration.between(since, now);
    }
}
