package org.amibakery.simulator.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;

/** Gathers what the call log will say of a request. Used by one thread. */
final class CallInProgress {
    private static final Pattern ATTEMPT = Pattern.compile("attempt=(\\d{1,6})");

    private final WireRequest http;
    private final Clock clock;
    private final Instant started;
    private final String requestId = UUID.randomUUID().toString();
    private Scope scope;
    private String operation = "";
    private Optional<SdkPojo> request = Optional.empty();
    private Optional<String> errorCode = Optional.empty();
    private Optional<String> fault = Optional.empty();

    CallInProgress(WireRequest http, Clock clock) {
        this.http = http;
        this.clock = clock;
        this.started = clock.instant();
        this.scope = Gatekeeper.scopeOf(http);
    }

    String requestId() {
        return requestId;
    }

    Scope scope() {
        return scope;
    }

    WireProtocol protocol() {
        return WireProtocol.of(scope.service());
    }

    void verified(Scope verifiedScope) {
        scope = verifiedScope;
    }

    void decoded(DecodedCall call) {
        operation = call.operation().name();
        request = Optional.of(call.request());
    }

    void failed(SimulatorError error) {
        errorCode = Optional.of(error.code());
    }

    void faulted(Fault injected) {
        fault = Optional.of(injected.toString());
    }

    Call finish() {
        return new Call(
                scope,
                operation,
                request,
                http.headers().first("amz-sdk-invocation-id"),
                attempt(),
                errorCode,
                fault,
                started,
                Duration.between(started, clock.instant()));
    }

    private int attempt() {
        Matcher matcher =
                ATTEMPT.matcher(http.headers().first("amz-sdk-request").orElse(""));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
    }
}
