package org.amibakery.watch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the waits of a worker, and says how much of a look they share: the more wait, the longer a look is held back for
 * others to join in, up to the whole interval. So a few are looked at when it suits them best, and a thousand cost as many
 * calls as a hundred. Thread-safe.
 */
public final class Crowd {
    /** So many may each be looked at by a call of its own; the calls of more would add up. */
    private static final int FEW = 4;

    /** From here on a look an interval has to do. */
    private static final int MANY = 100;

    private final AtomicInteger waits = new AtomicInteger();

    void joined() {
        waits.incrementAndGet();
    }

    void left() {
        waits.decrementAndGet();
    }

    /** Whether so few wait that nobody has to share. */
    boolean isSmall() {
        return waits.get() <= FEW;
    }

    /** How long after one look of a kind the next one may follow. */
    Duration pause(Duration interval) {
        int size = waits.get();
        return size <= FEW
                ? Duration.ZERO
                : interval.multipliedBy(Math.min(size, MANY)).dividedBy(MANY);
    }
}
