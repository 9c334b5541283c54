package org.amibakery.notification;

import io.temporal.activity.ActivityInterface;

/** Notifies people. May run more than once: people may hear of the same end twice. */
@ActivityInterface(namePrefix = "Notification.")
public interface NotificationActivities {
    /** Publishes it, if there is a topic to publish it to. */
    void send(Notification notification);
}
