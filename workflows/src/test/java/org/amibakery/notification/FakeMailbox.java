package org.amibakery.notification;

import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what people are told; thread-safe. */
public final class FakeMailbox implements NotificationActivities {
    private final List<Notification> received = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();

    /** Nothing comes in any more. */
    public synchronized void isFull(String why) {
        refusal = Optional.of(why);
    }

    @Override
    public synchronized void send(Notification notification) {
        refusal.ifPresent(why -> {
            throw ApplicationFailure.newNonRetryableFailure(why, "NotFound");
        });
        received.add(notification);
    }

    public synchronized List<Notification> received() {
        return List.copyOf(received);
    }
}
