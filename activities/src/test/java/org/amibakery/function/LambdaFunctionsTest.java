package org.amibakery.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.lambdas.FunctionErrorPayload;
import org.amibakery.lambdas.InvalidFunctionRequest;
import org.amibakery.lambdas.NoFoundationImage;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.world.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaFunctionsTest {
    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final FunctionInvoker echo = new LambdaFunctions(clients).named("echo");

    /** What the tested function answers. */
    record Answer(String said) {}

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void answers_what_the_function_answers() {
        simulator.function("echo", request -> request);

        assertThat(echo.ask(saying("hello"))).isEqualTo(new Answer("hello"));
    }

    @Test
    void tells_the_functions_own_failure_although_lambda_answered_with_status_200() {
        simulator.function("echo", request -> {
            throw new NoFoundationImage("There is none. Look for another.");
        });

        assertThatThrownBy(() -> echo.ask(saying("hello")))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("NoFoundationImage");
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).isEqualTo("There is none. Look for another.");
                });
    }

    @Test
    void retries_a_function_that_failed_in_an_unforeseen_way() {
        simulator.function("echo", request -> {
            throw new IllegalStateException("out of luck");
        });

        assertThatThrownBy(() -> echo.ask(saying("hello")))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    @Test
    void says_what_to_do_about_an_unknown_function() {
        assertThatThrownBy(() -> echo.ask(saying("hello")))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage())
                            .contains("ResourceNotFoundException", "us-east-1", "deploy the stack");
                });
    }

    @Test
    void backs_off_from_a_throttled_function_without_calling_again_by_itself() {
        simulator.function("echo", request -> request);
        simulator.lambda().facts(new Place("123456789012", "us-east-1"), "echo").nextInvocationIsThrottled();

        assertThatThrownBy(() -> echo.ask(saying("hello")))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("TooManyRequestsException");
                    assertThat(failure.isNonRetryable()).isFalse();
                });
        assertThat(simulator.calls().count("Invoke")).isEqualTo(1);
    }

    @Test
    void refuses_a_request_that_refuses_itself_before_it_calls() {
        Question<Answer> question = new Question<>(
                BakeryFunction.FIND_FOUNDATION_IMAGE,
                new Region("us-east-1"),
                () -> {
                    throw new InvalidFunctionRequest("No owners.");
                },
                Answer.class);

        assertThatThrownBy(() -> echo.ask(question))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isTrue());
        assertThat(simulator.calls().count("Invoke")).isZero();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "InvalidFunctionRequest, GIVE_UP",
        "NoFoundationImage, GIVE_UP",
        "AccessRefused, GIVE_UP",
        "AwsCallFailed, BACK_OFF",
        "Sandbox.Timedout, BACK_OFF",
        "NeverHeardOfIt, BACK_OFF"
    })
    void reacts_to_each_failure_of_a_function(String type, Reaction expected) {
        ApplicationFailure failure =
                FunctionFailures.of(BakeryFunction.CLEAN_UP_IMAGES, new FunctionErrorPayload("because", type));

        assertThat(failure.getDetails().get(Refusal.class).reaction()).isEqualTo(expected);
        assertThat(failure.isNonRetryable()).isEqualTo(expected == Reaction.GIVE_UP);
    }

    private static Question<Answer> saying(String text) {
        return new Question<>(
                BakeryFunction.FIND_FOUNDATION_IMAGE,
                new Region("us-east-1"),
                () -> Map.of("said", text),
                Answer.class);
    }

    @Test
    void reads_an_answer_with_more_in_it_than_it_knows() {
        simulator.function("echo", request -> "{\"said\":\"hello\",\"later\":1}".getBytes(UTF_8));

        assertThat(echo.ask(saying("hello"))).isEqualTo(new Answer("hello"));
    }
}
