package org.amibakery.watch;

/** Makes crowds, for tests of what shares its reads. */
public final class Crowds {
    private Crowds() {}

    /** So many wait, and go on waiting. */
    public static Crowd of(int size) {
        Crowd crowd = new Crowd();
        for (int wait = 0; wait < size; wait++) {
            crowd.joined();
        }
        return crowd;
    }
}
