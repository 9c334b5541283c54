package org.amibakery.bake;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Tells how one step went.
 *
 * @param attempts how often it was tried: launches by candidate, all other steps once; what an activity retries by
 *     itself is in history
 * @param detail what came of it, or the last thing known, in a few words
 */
public record StepReport(
        BakeStep step,
        StepState state,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        int attempts,
        String detail) {

    public StepReport {
        requireNonNull(step, "step");
        requireNonNull(state, "state");
        startedAt = startedAt == null ? Optional.empty() : startedAt;
        endedAt = endedAt == null ? Optional.empty() : endedAt;
        detail = detail == null ? "" : detail;
    }

    static StepReport pending(BakeStep step) {
        return new StepReport(step, StepState.PENDING, Optional.empty(), Optional.empty(), 0, "");
    }

    StepReport started(Instant now) {
        return new StepReport(step, StepState.RUNNING, Optional.of(now), Optional.empty(), 1, "");
    }

    StepReport ended(StepState how, Instant now, String what) {
        return new StepReport(step, how, startedAt, Optional.of(now), attempts, what);
    }

    StepReport noted(String what) {
        return new StepReport(step, state, startedAt, endedAt, attempts, what);
    }

    StepReport triedAgain(String what) {
        return new StepReport(step, state, startedAt, endedAt, attempts + 1, what);
    }
}
