package org.amibakery.simulator.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/** Runs a function's code once per invocation, or as often as the facts say, and words the outcome as Lambda does. */
final class FunctionRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The largest answer of a synchronous invocation (Lambda quotas). */
    private static final int LARGEST_ANSWER = 6 * 1024 * 1024 + 100;

    private final Functions functions;
    private final DeployedFunction function;
    private final String requestId;

    FunctionRun(Functions functions, DeployedFunction function, String requestId) {
        this.functions = functions;
        this.function = function;
        this.requestId = requestId;
    }

    /** Holds what Invoke answers: the payload, the kind of function error if any, and the log. */
    record Outcome(SdkBytes payload, Optional<String> functionError, String log) {}

    Outcome run(byte[] payload, InvocationFact fact) {
        Instant started = functions.clock().now();
        Outcome outcome = runOnce(payload);
        if (fact == InvocationFact.RUNS_TWICE) {
            outcome = runOnce(payload);
        }
        if (fact == InvocationFact.TIMES_OUT) {
            outcome = timedOut();
        }
        Duration took = Duration.between(started, functions.clock().now());
        return new Outcome(outcome.payload(), outcome.functionError(), log(outcome.log(), took));
    }

    private Outcome runOnce(byte[] payload) {
        Instant started = functions.clock().now();
        try {
            byte[] answer = function.code().invoke(payload);
            record(payload, Optional.of(new String(answer, StandardCharsets.UTF_8)), Optional.empty(), started);
            return answer.length > LARGEST_ANSWER
                    ? failed(
                            "Function.ResponseSizeTooLarge",
                            "Response payload size exceeded maximum allowed payload size (6291556 bytes).")
                    : new Outcome(SdkBytes.fromByteArray(answer), Optional.empty(), "");
        } catch (Exception thrown) { // whatever the function's code throws is its own failure, not the simulator's
            String message = String.valueOf(thrown.getMessage());
            String type = thrown.getClass().getName();
            record(payload, Optional.empty(), Optional.of(type + ": " + message), started);
            return failed(type, message);
        }
    }

    private Outcome timedOut() {
        String message = String.format(
                Locale.ROOT,
                "RequestId: %s Error: Task timed out after %.2f seconds",
                requestId,
                function.timeout().toMillis() / 1000.0);
        return failed("Sandbox.Timedout", message);
    }

    private static Outcome failed(String type, String message) {
        ObjectNode payload =
                JSON.createObjectNode().put("errorMessage", message).put("errorType", type);
        try {
            return new Outcome(
                    SdkBytes.fromByteArray(JSON.writeValueAsBytes(payload)),
                    Optional.of("Unhandled"),
                    message + ": " + type + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Two strings could not be written as JSON", impossible);
        }
    }

    private String log(String body, Duration took) {
        return "START RequestId: " + requestId + " Version: $LATEST\n" + body + "END RequestId: " + requestId + "\n"
                + "REPORT RequestId: " + requestId + "\tDuration: " + took.toMillis() + ".00 ms\tBilled Duration: "
                + took.toMillis() + " ms\tMemory Size: 512 MB\tMax Memory Used: 128 MB\t\n";
    }

    private void record(byte[] payload, Optional<String> answer, Optional<String> error, Instant started) {
        functions.record(new RecordedInvocation(
                function.arn(), requestId, new String(payload, StandardCharsets.UTF_8), answer, error, started));
    }
}
