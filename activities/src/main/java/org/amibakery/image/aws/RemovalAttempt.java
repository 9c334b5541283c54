package org.amibakery.image.aws;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.amibakery.failure.LastSighting;

/** Knows what earlier attempts of a removal did, by the heartbeat details they left. */
final class RemovalAttempt {
    private final ActivityExecutionContext context;
    private boolean deregistered;

    private RemovalAttempt(ActivityExecutionContext context) {
        this.context = context;
        this.deregistered = context.getHeartbeatDetails(LastSighting.class).isPresent();
    }

    static RemovalAttempt current() {
        return new RemovalAttempt(Activity.getExecutionContext());
    }

    /** How long ago the first attempt was scheduled. */
    Duration age() {
        Instant since = Instant.ofEpochMilli(context.getInfo().getScheduledTimestamp());
        return Duration.between(since, Clock.systemUTC().instant());
    }

    void deregistered(String image) {
        deregistered = true;
        context.heartbeat(new LastSighting(image, "deregistered"));
    }

    /** Whether this attempt or an earlier one did, so that an image that is not to be seen is gone. */
    boolean hasDeregistered() {
        return deregistered;
    }
}
