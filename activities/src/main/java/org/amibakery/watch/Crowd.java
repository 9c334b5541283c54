package org.amibakery.watch;

import java.time.Duration;

/**
 * Counts the waits of a worker, those of some seconds ago included, and says how much of a look they share: the more wait,
 * the longer a look is held back for others to join in, up to the whole interval. So a few are looked at when it suits them best, and a thousand cost as many
 * calls as a hundred. Thread-safe.
 */
public final class Crowd {
    /** So many may each be looked at by a call of its own; the calls of more would add up. */
    private static final int FEW = 4;

    /** From here on a look an interval has to do. */
    private static final int MANY = 100;

    /** Halves, in seven seconds of pulses, what is remembered of a crowd that went: it ends one by one. */
    private static final double FORGETTING = 0.995;

    private int waits;
    private double size;

    synchronized void joined() {
        waits++;
        size = Math.max(size, waits);
    }

    synchronized void left() {
        waits--;
    }

    /** Forgets a little of those who left; to be called at each pulse. */
    synchronized void forget() {
        size = Math.max(waits, size * FORGETTING);
    }

    /** Whether so few wait that nobody has to share. */
    boolean isSmall() {
        return size() <= FEW;
    }

    /** How long after one look of a kind the next one may follow. */
    Duration pause(Duration interval) {
        return pause(interval, 0);
    }

    /** The same where so many stand in line beside those who wait. */
    Duration pause(Duration interval, int inLine) {
        int now = Math.max(size(), inLine);
        return now <= FEW
                ? Duration.ZERO
                : interval.multipliedBy(Math.min(now, MANY)).dividedBy(MANY);
    }

    private synchronized int size() {
        return (int) size;
    }
}
