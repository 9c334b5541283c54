package org.amibakery.window;

import io.temporal.activity.ActivityInterface;

/** Waits for bakes that somebody else started. Read-only. */
@ActivityInterface(namePrefix = "Join.")
public interface JoinActivities {
    /**
     * Waits until no bake of the family runs, and tells how the last one ended. The wait costs no thread, and goes on in
     * another worker where one dies.
     */
    JoinedBake awaitEnd(JoinBake request);
}
