package org.amibakery.acceptance.events;

/**
 * Says that a bake did not come by the point it was to be met at: on a busy computer an attempt of an activity can fail and
 * be repeated, which shifts all calls after it. Nothing is wrong with the bake then, and another one is met.
 */
final class PointMissed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int ATTEMPTS = 4;

    PointMissed(String message) {
        super(message);
    }

    /** Runs what meets a bake of its own, and again while the bake misses the point. */
    static void retrying(Meeting meeting) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                meeting.run();
                return;
            } catch (PointMissed missed) {
                if (attempt == ATTEMPTS) {
                    throw missed;
                }
            }
        }
    }

    /** Opens a bakery and meets a bake in it. */
    @FunctionalInterface
    interface Meeting {
        void run() throws InterruptedException;
    }
}
