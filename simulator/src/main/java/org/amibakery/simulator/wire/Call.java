package org.amibakery.simulator.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Records one request as it was answered.
 *
 * @param scope who called which service where
 * @param operation such as {@code RunInstances}; empty when the request named none
 * @param request the decoded request; empty when it could not be decoded or was refused before
 * @param invocationId {@code amz-sdk-invocation-id}, the same over one client's retries; not every client sends it
 * @param attempt the attempt in {@code amz-sdk-request}, from 1; 1 when the client does not count
 * @param errorCode the handler's or the codec's error; empty when the operation succeeded, whatever a fault then did to
 *     the answer
 * @param fault the fault that replaced or destroyed the answer, in words
 * @param started when the request was read, by the server's clock
 * @param duration from then until the answer was ready to be sent
 */
public record Call(
        Scope scope,
        String operation,
        Optional<SdkPojo> request,
        Optional<String> invocationId,
        int attempt,
        Optional<String> errorCode,
        Optional<String> fault,
        Instant started,
        Duration duration) {
    /** Refuses absent parts. */
    public Call {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(invocationId, "invocationId");
        Objects.requireNonNull(errorCode, "errorCode");
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(duration, "duration");
    }
}
