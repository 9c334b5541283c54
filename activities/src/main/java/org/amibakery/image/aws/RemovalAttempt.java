package org.amibakery.image.aws;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** Knows what earlier attempts of a removal did, by the heartbeat details they left. */
final class RemovalAttempt {
    private final ActivityExecutionContext context;
    private Optional<Deregistration> deregistration;

    private RemovalAttempt(ActivityExecutionContext context) {
        this.context = context;
        this.deregistration = context.getHeartbeatDetails(Deregistration.class);
    }

    static RemovalAttempt current() {
        return new RemovalAttempt(Activity.getExecutionContext());
    }

    /** How long ago the first attempt was scheduled. */
    Duration age() {
        return since(Instant.ofEpochMilli(context.getInfo().getScheduledTimestamp()));
    }

    void deregistered(Image image) {
        String state = image.state() == ImageState.AVAILABLE ? Deregistration.COMPLETE : Deregistration.UNFINISHED;
        Deregistration done =
                new Deregistration(image.imageId(), state, Clock.systemUTC().instant());
        deregistration = Optional.of(done);
        context.heartbeat(done);
    }

    /** The image that this attempt or an earlier one deregistered, so that one that is not to be seen is gone. */
    Optional<String> deregistered() {
        return deregistration.map(Deregistration::id);
    }

    /** Whether an image went so lately, and so early in its making, that snapshots of it may still show up. */
    boolean mayLeaveSnapshotsWithin(Duration showUpWithin) {
        return deregistration
                .filter(done -> done.state().equals(Deregistration.UNFINISHED))
                .filter(done -> since(done.at()).compareTo(showUpWithin) < 0)
                .isPresent();
    }

    private static Duration since(Instant then) {
        return Duration.between(then, Clock.systemUTC().instant());
    }

    /** What an attempt leaves for the next; begins as a {@link org.amibakery.failure.LastSighting} does. */
    record Deregistration(String id, String state, Instant at) {
        static final String COMPLETE = "deregistered";
        static final String UNFINISHED = "deregistered before it was available";
    }
}
