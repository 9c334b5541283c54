package org.amibakery.determinism.offenders;

/** Keeps what another bake, and no replay, can see. */
public final class CountsInAStatic {
    private static int bakes;

    private CountsInAStatic() {}

    public static int next() {
        return ++bakes;
    }
}
