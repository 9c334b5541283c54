package org.amibakery.retention;

import io.temporal.activity.ActivityInterface;

/** Deletes old images. Repeatable: an image that is gone already is not missed. */
@ActivityInterface(namePrefix = "Retention.")
public interface RetentionActivities {
    /** Deletes images older than the policy allows that nothing uses, and never the newest good ones. */
    RetentionReport deleteOldImages(DeleteOldImages request);
}
