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
 */
public record Waiting<W>(W subject, Instant since, Instant now, boolean wasSeen) {
    /** How long the wait has lasted. */
    public Duration age() {
        return Duration.between(since, now);
    }
}
