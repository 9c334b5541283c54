package org.amibakery.simulator.wire;

import java.time.Duration;

/** Says how a call fails. Effects other than {@link Delay} and {@link Run} end the call. */
public sealed interface FaultEffect {
    /** Answers an error of any code and status. */
    static FaultEffect error(SimulatorError error) {
        return new Answer(error);
    }

    /** Answers a throttle in the service's own code; every AWS SDK retries it. */
    static FaultEffect throttle() {
        return new Throttle();
    }

    /** Answers {@code InternalError} with status 500. */
    static FaultEffect internalError() {
        return error(SimulatorError.of(500, "InternalError", "An internal error has occurred (injected)"));
    }

    /** Answers {@code ServiceUnavailable} with status 503. */
    static FaultEffect unavailable() {
        return error(SimulatorError.of(503, "ServiceUnavailable", "The service is unavailable (injected)"));
    }

    /** Closes the connection without an answer. */
    static FaultEffect close() {
        return new Close();
    }

    /** Resets the connection (TCP RST) without an answer. */
    static FaultEffect reset() {
        return new Reset();
    }

    /** Sends the head and half of the body, then closes the connection. */
    static FaultEffect halfAnswer() {
        return new HalfAnswer();
    }

    /** Never answers; the connection stays open until the client or the server closes. */
    static FaultEffect hang() {
        return new Hang();
    }

    /** Waits, then goes on. */
    static FaultEffect delay(Duration duration) {
        return new Delay(duration);
    }

    /** Runs an action, then goes on; made to kill the caller or to change the world mid-call. */
    static FaultEffect run(Runnable action) {
        return new Run(action);
    }

    /** Answers an error. */
    record Answer(SimulatorError error) implements FaultEffect {}

    /** Answers a throttle. */
    record Throttle() implements FaultEffect {}

    /** Closes without an answer. */
    record Close() implements FaultEffect {}

    /** Resets the connection. */
    record Reset() implements FaultEffect {}

    /** Sends half an answer. */
    record HalfAnswer() implements FaultEffect {}

    /** Never answers. */
    record Hang() implements FaultEffect {}

    /** Goes on later. */
    record Delay(Duration duration) implements FaultEffect {}

    /** Goes on after an action. */
    record Run(Runnable action) implements FaultEffect {}
}
