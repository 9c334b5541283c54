package org.amibakery.retention;

import io.temporal.activity.ActivityInterface;

/** Deletes old images. Repeatable: an image that is gone already is not missed. */
@ActivityInterface(namePrefix = "Retention.")
public interface RetentionActivities {
    /**
     * Finds what the retention of a recipe is about. Read-only.
     *
     * <p>Fails for good where a bake would be refused for the recipe itself, with the same type and message.
     */
    RetentionScope findScope(FindRetentionScope request);

    /** Deletes images older than the policy allows that nothing uses, and never the newest good ones. */
    RetentionReport deleteOldImages(DeleteOldImages request);
}
