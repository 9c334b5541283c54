package org.amibakery.notification;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.amibakery.failure.Failures;
import org.amibakery.workflow.ActivityProfiles;
import org.slf4j.Logger;

/** Notifies from a workflow that is about to end: for a few minutes, whether it was canceled or not, and never failing it. */
public final class Notifier {
    /** What the workflow came to is in its result and in Temporal; nobody's bake waits longer for a message. */
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private static final Logger log = Workflow.getLogger(Notifier.class);

    private Notifier() {}

    /** Sends it, or logs why it could not be sent. */
    public static void send(Notification notification) {
        Workflow.newDetachedCancellationScope(() -> trySending(notification)).run();
    }

    private static void trySending(Notification notification) {
        NotificationActivities notifications = Workflow.newActivityStub(
                NotificationActivities.class, ActivityProfiles.within("tell: " + notification.subject(), WITHIN));
        try {
            notifications.send(notification);
        } catch (TemporalFailure failure) {
            log.warn(
                    "Nobody was notified. subject={} reason={}", notification.subject(), Failures.rootMessage(failure));
        }
    }
}
