package org.amibakery.determinism.offenders;

/** Takes its own lock. */
public final class Synchronizes {
    private int last;

    public synchronized int next() {
        return ++last;
    }
}
