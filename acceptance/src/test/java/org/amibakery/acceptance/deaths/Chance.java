package org.amibakery.acceptance.deaths;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Decides what dies and when. A run can be repeated with its seed: {@code -Ddeaths.seed=N}. */
final class Chance {
    private static final String PROPERTY = "deaths.seed";
    private static final long USUAL = 20261123;

    private final Random random;

    private Chance(long seed) {
        random = new Random(seed);
    }

    /** Prints the seed, as a failure is nothing without it. */
    static Chance announced(String test) {
        long seed = Long.getLong(PROPERTY, USUAL);
        System.out.printf("DEATHS %s: seed %d (-D%s=%d)%n", test, seed, PROPERTY, seed);
        return new Chance(seed);
    }

    synchronized <T> T oneOf(List<T> candidates) {
        return candidates.get(random.nextInt(candidates.size()));
    }

    /** Lets some time pass, from one bound to the other: the tempo of misfortune, which nothing is synchronized by. */
    void pause(Duration least, Duration most) throws InterruptedException {
        long millis;
        synchronized (this) {
            millis = least.toMillis() + random.nextInt((int) most.minus(least).toMillis());
        }
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
