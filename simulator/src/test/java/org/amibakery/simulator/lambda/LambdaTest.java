package org.amibakery.simulator.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.amibakery.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.MovableClock;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Uuids;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

class LambdaTest {
    private static final Place HERE = new Place("111122223333", "us-east-1");

    private final Functions functions = new Functions(SimulatorClock.on(new MovableClock()), new Uuids(1));
    private final LambdaClient lambda = functions.clientFor(HERE);
    private final AtomicInteger runs = new AtomicInteger();

    @BeforeEach
    void a_function_is_deployed() {
        functions.deploy(HERE, "greet", Duration.ofSeconds(3), payload -> {
            runs.incrementAndGet();
            return ("{\"greeted\":" + new String(payload, UTF_8) + "}").getBytes(UTF_8);
        });
        functions.deploy(HERE, "fail", payload -> {
            throw new IllegalStateException("no such image");
        });
    }

    @Test
    void runs_the_code_and_answers_what_it_answered() {
        InvokeResponse answer = invoke("greet");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"greeted\":\"you\"}");
        assertThat(answer.functionError()).isNull();
        assertThat(functions.invocations())
                .singleElement()
                .returns("\"you\"", RecordedInvocation::payload)
                .returns(Optional.of("{\"greeted\":\"you\"}"), RecordedInvocation::answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greet",
                "greet:$LATEST",
                "111122223333:function:greet",
                "arn:aws:lambda:us-east-1:111122223333:function:greet"
            })
    void finds_a_function_by_each_form_of_its_name(String name) {
        assertThat(lambda.getFunction(it -> it.functionName(name))
                        .configuration()
                        .functionName())
                .isEqualTo("greet");
    }

    @Test
    void answers_an_error_of_the_code_with_status_200_and_a_function_error() {
        InvokeResponse answer = invoke("fail");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String())
                .isEqualTo("{\"errorMessage\":\"no such image\",\"errorType\":\"java.lang.IllegalStateException\"}");
    }

    @Test
    void refuses_unknown_functions_and_versions() {
        assertRefused("ResourceNotFoundException", () -> invoke("gone"))
                .returns(
                        "Function not found: arn:aws:lambda:us-east-1:111122223333:function:gone",
                        SimulatorError::getMessage)
                .returns(404, SimulatorError::status);
        assertRefused("ResourceNotFoundException", () -> invoke("greet:7"))
                .returns(
                        "Function not found: arn:aws:lambda:us-east-1:111122223333:function:greet:7",
                        SimulatorError::getMessage);
    }

    @Test
    void runs_events_without_answering_and_dry_runs_not_at_all() {
        InvokeResponse event = lambda.invoke(it ->
                it.functionName("greet").invocationType(InvocationType.EVENT).payload(SdkBytes.fromUtf8String("1")));
        InvokeResponse dryRun = lambda.invoke(it ->
                it.functionName("greet").invocationType(InvocationType.DRY_RUN).payload(SdkBytes.fromUtf8String("2")));

        assertThat(event.statusCode()).isEqualTo(202);
        assertThat(event.payload()).isNull();
        assertThat(dryRun.statusCode()).isEqualTo(204);
        assertThat(runs).hasValue(1);
    }

    @Test
    void throttles_the_next_invocation_only() {
        functions.facts(HERE, "greet").nextInvocationIsThrottled();

        assertRefused("TooManyRequestsException", () -> invoke("greet"))
                .returns("Rate Exceeded.", SimulatorError::getMessage)
                .returns(429, SimulatorError::status);
        assertThat(runs).hasValue(0);
        assertThat(invoke("greet").functionError()).isNull();
    }

    @Test
    void loses_the_answer_but_not_the_effects_of_a_run_that_times_out() {
        functions.facts(HERE, "greet").nextInvocationTimesOut();

        InvokeResponse answer = invoke("greet");

        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String()).contains("Task timed out after 3.00 seconds");
        assertThat(runs).hasValue(1);
    }

    @Test
    void runs_the_code_twice_for_one_invoke() {
        functions.facts(HERE, "greet").nextInvocationRunsTwice();

        invoke("greet");

        assertThat(runs).hasValue(2);
        assertThat(functions.invocations())
                .hasSize(2)
                .extracting(RecordedInvocation::requestId)
                .containsOnly(functions.invocations().get(0).requestId());
    }

    @Test
    void shows_the_end_of_the_log_when_asked() {
        InvokeResponse answer = lambda.invoke(it -> it.functionName("fail").logType(LogType.TAIL));

        assertThat(new String(Base64.getDecoder().decode(answer.logResult()), UTF_8))
                .startsWith("START RequestId: ")
                .contains("no such image: java.lang.IllegalStateException")
                .contains("REPORT RequestId: ");
    }

    @Test
    void refuses_payloads_beyond_6_mebibytes_and_what_is_not_json() {
        SdkBytes tooLarge = SdkBytes.fromUtf8String("\"" + "x".repeat(6 * 1024 * 1024) + "\"");

        assertRefused(
                        "RequestTooLargeException",
                        () -> lambda.invoke(it -> it.functionName("greet").payload(tooLarge)))
                .returns(413, SimulatorError::status)
                .satisfies(error -> assertThat(error).hasMessageContaining("must be smaller than 6291456 bytes"));
        assertRefused(
                        "InvalidRequestContentException",
                        () -> lambda.invoke(it -> it.functionName("greet").payload(SdkBytes.fromUtf8String("{oops"))))
                .satisfies(error -> assertThat(error).hasMessageStartingWith("Could not parse request body into json"));
    }

    private InvokeResponse invoke(String name) {
        return lambda.invoke(it -> it.functionName(name).payload(SdkBytes.fromUtf8String("\"you\"")));
    }
}
