package org.amibakery.bake;

import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.amibakery.recipe.Durations;
import org.amibakery.workflow.WorkflowClock;

/** Keeps a failed builder for debugging, until it is released or its hard end. */
final class BuilderHold {
    /** No builder is kept beyond its expiry anyhow, and time itself has an end. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private Duration duration = Duration.ZERO;
    private Instant until = Instant.EPOCH;
    private boolean released;

    /**
     * Refuses what is no hold.
     *
     * @throws IllegalArgumentException with a sentence for whoever asked
     */
    static void validate(HoldRequest request) {
        if (request == null || request.duration().isZero() || request.duration().isNegative()) {
            throw new IllegalArgumentException("A hold needs a duration, such as {\"duration\": \"2h\"}.");
        }
        if (request.duration().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A hold of %s is too long; %s is the most."
                    .formatted(Durations.text(request.duration()), Durations.text(LONGEST)));
        }
    }

    /** Takes the recipe's wish; a person's wish that came earlier stands. */
    void planned(Duration wished) {
        if (duration.isZero()) {
            duration = wished;
        }
    }

    /** Takes a person's wish. */
    void extend(Duration wished) {
        duration = wished;
        released = false;
        until = WorkflowClock.now().plus(wished);
    }

    /** Ends the hold. */
    void release() {
        released = true;
    }

    /** Whether a failed builder is to be kept. */
    boolean isWanted() {
        return !duration.isZero() && !released;
    }

    /** When the hold that begins now ends, at the latest at the builder's expiry. */
    Instant begin(Instant expires) {
        Instant wished = WorkflowClock.now().plus(duration);
        until = wished.isBefore(expires) ? wished : expires;
        return until;
    }

    /** Waits for the release, a cancellation, the end, or an extension's end; never beyond the builder's expiry. */
    void await(Instant expires) {
        try {
            awaitEnd(expires);
        } catch (CanceledFailure canceled) {
            released = true; // whoever cancels a held bake wants its builder gone
        }
    }

    private void awaitEnd(Instant expires) {
        while (isWanted() && WorkflowClock.now().isBefore(earlier(until, expires))) {
            Instant end = earlier(until, expires);
            Instant planned = until;
            Workflow.await(Duration.between(WorkflowClock.now(), end), () -> released || !until.equals(planned));
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
