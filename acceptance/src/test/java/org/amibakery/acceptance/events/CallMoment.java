package org.amibakery.acceptance.events;

import java.util.Locale;

/**
 * The moment just before or just after a call that adds to a bake's history.
 *
 * @param call the how-manieth of the bake's, from 1, which starts it
 * @param operation Temporal's name of the call
 */
record CallMoment(int call, String operation, Side side) {
    /** Which side of the call. */
    enum Side {
        /** The caller has done its work; Temporal does not know. */
        BEFORE,
        /** Temporal knows; neither its caller nor anybody who waits for a workflow task has heard of it. */
        AFTER
    }

    /** Whether a workflow task has just ended, so that what it started is under way. */
    boolean isAfterWorkflowTask() {
        return side == Side.AFTER && operation.equals("RespondWorkflowTaskCompleted");
    }

    @Override
    public String toString() {
        return "%s %s, call %d,".formatted(side.name().toLowerCase(Locale.ROOT), operation, call);
    }
}
