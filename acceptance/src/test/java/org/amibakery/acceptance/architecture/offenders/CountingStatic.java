package org.amibakery.acceptance.architecture.offenders;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the bakes of every test at once. */
public final class CountingStatic {
    private static final AtomicInteger BAKES = new AtomicInteger();

    private CountingStatic() {}

    public static int next() {
        return BAKES.incrementAndGet();
    }
}
