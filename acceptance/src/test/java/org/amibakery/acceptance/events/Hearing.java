package org.amibakery.acceptance.events;

/** Counts the workflow tasks that have to end until a bake has heard of what was done to it. */
final class Hearing {
    private int workflowTasks;

    synchronized void expect(int untilHeard) {
        workflowTasks = untilHeard;
    }

    synchronized void workflowTaskEnded() {
        workflowTasks--;
        notifyAll();
    }

    /** Returns at once when nothing was done to the bake. */
    synchronized void await() {
        try {
            while (workflowTasks > 0) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The worker stops before the bake has heard", interrupted);
        }
    }
}
