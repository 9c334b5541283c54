package org.amibakery.acceptance.events;

import java.util.Optional;

/**
 * A bake, how far it got, and where it is set back to.
 *
 * @param life what became of the bake before its reset
 * @param met where it was met; absent for one that had ended
 * @param workflowTask the number of the workflow task it is set back to, from 1
 */
record ResetPoint(Life life, Optional<HistoryPoint> met, int workflowTask) {
    /** What became of a bake before its reset. */
    enum Life {
        RUNNING,
        COMPLETED,
        CANCELED,
        FAILED
    }

    @Override
    public String toString() {
        return "%s %sto workflow task %d"
                .formatted(life, met.map(point -> "(" + point + ") ").orElse(""), workflowTask);
    }
}
