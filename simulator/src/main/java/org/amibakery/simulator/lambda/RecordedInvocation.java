package org.amibakery.simulator.lambda;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a function's code; an invoke that Lambda ran twice has two.
 *
 * @param functionArn the function
 * @param requestId the id of the Invoke call that caused the run
 * @param payload what the function was given, as text
 * @param answer what it answered, as text; empty when it failed
 * @param error the type and message of what it threw
 * @param startedAt when the run began
 */
public record RecordedInvocation(
        String functionArn,
        String requestId,
        String payload,
        Optional<String> answer,
        Optional<String> error,
        Instant startedAt) {
    /** Refuses absent parts. */
    public RecordedInvocation {
        requireNonNull(functionArn, "functionArn");
        requireNonNull(requestId, "requestId");
        requireNonNull(payload, "payload");
        requireNonNull(answer, "answer");
        requireNonNull(error, "error");
        requireNonNull(startedAt, "startedAt");
    }
}
