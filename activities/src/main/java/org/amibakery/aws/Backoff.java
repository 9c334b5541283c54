package org.amibakery.aws;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Grows the pause between attempts and scatters it, so that bakes throttled together do not return together. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 5;

    private Backoff() {}

    /** The pause after so many attempts, from 1: between half of and all of 1, 2, 4, ... at most 30 seconds. */
    public static Duration after(int attempts) {
        Duration full = FIRST.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), DOUBLINGS));
        return scattered(full.compareTo(LONGEST) < 0 ? full : LONGEST);
    }

    /** The pause, shortened by up to a half. */
    public static Duration scattered(Duration pause) {
        long half = Math.max(1, pause.toMillis() / 2);
        return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
    }
}
