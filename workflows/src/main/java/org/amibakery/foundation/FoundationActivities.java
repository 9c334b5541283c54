package org.amibakery.foundation;

import io.temporal.activity.ActivityInterface;

/** Finds foundation images. Read-only. */
@ActivityInterface(namePrefix = "Foundation.")
public interface FoundationActivities {
    /**
     * Finds the newest available image of the owners whose name fits, and checks its owner against EC2 once more.
     *
     * <p>Fails with type {@code NoFoundationImage} when there is none, and {@code ForeignFoundationImage} when the
     * function answered with somebody else's.
     */
    FoundationImage find(FindFoundationImage request);
}
