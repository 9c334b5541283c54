package org.amibakery.lambdas.orphans;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.amibakery.lambdas.AnImage.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.lambdas.FakeRegion;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.InvalidFunctionRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanUpOrphansFunctionTest {
    private static final String VALID =
            "{'stack':'bakery','region':'eu-west-1','regions':['eu-west-1'],'mode':'DELETE','most':9}";

    private final FakeRegion region = new FakeRegion(29);
    private final List<String> log = new ArrayList<>();
    private final CleanUpOrphansFunction function =
            new CleanUpOrphansFunction(name -> region, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void two_orphans() {
        region.has(Remains.volume("vol-1"));
        region.has(Remains.volume("vol-2"));
    }

    @Test
    void answers_a_request_in_process() {
        CleanUpOrphansReport report = FunctionJson.readAnswer(function.handle(json(VALID)), CleanUpOrphansReport.class);

        assertThat(report.removed()).extracting(SettledResource::id).containsExactly("vol-1", "vol-2");
        assertThat(report.stoppedEarly()).isEmpty();
    }

    @Test
    void needs_no_list_of_regions() {
        function.handle(json(VALID.replace("'regions':['eu-west-1'],", "")));

        assertThat(region.volumeIds()).isEmpty();
        assertThat(region.faults().calls()).startsWith("DescribeRegions");
    }

    @ParameterizedTest(name = "{0} ms left: {1} removed")
    @CsvSource({"60000, 1", "60001, 2"})
    void ends_early_when_lambdas_time_runs_short(int remainingMillis, int removed) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(new ByteArrayInputStream(json(VALID)), answer, contextWith(remainingMillis));

        CleanUpOrphansReport report = FunctionJson.readAnswer(answer.toByteArray(), CleanUpOrphansReport.class);
        assertThat(report.removed()).hasSize(removed);
        assertThat(report.stoppedEarly().isPresent()).isEqualTo(removed == 1);
    }

    @Test
    void logs_its_answer_as_one_line_since_a_rule_throws_answers_away() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(new ByteArrayInputStream(json(VALID)), answer, contextWith(90_000));

        assertThat(log).endsWith(answer.toString(UTF_8) + "\n");
        assertThat(answer.toString(UTF_8)).doesNotContain("\n");
    }

    @Test
    void logs_each_removal_before_the_next_since_it_may_not_reach_its_end() throws IOException {
        region.faults().answers("DeleteVolume vol-2", "UnauthorizedOperation", "You are not authorized");
        List<String> loggedBeforeTheSecond = new ArrayList<>();
        region.faults().onceBefore("DeleteVolume", () -> region.faults()
                .onceBefore("DeleteVolume", () -> loggedBeforeTheSecond.addAll(log)));

        function.handleRequest(new ByteArrayInputStream(json(VALID)), new ByteArrayOutputStream(), contextWith(90_000));

        assertThat(log).hasSize(3).startsWith(loggedBeforeTheSecond.toArray(String[]::new));
        assertThat(loggedBeforeTheSecond).hasSize(1);
        assertThat(log.get(0))
                .startsWith("{\"removed\":{\"kind\":\"VOLUME\",")
                .contains("\"vol-1\"")
                .endsWith("}}\n");
        assertThat(log.get(1))
                .startsWith("{\"failed\":{\"kind\":\"VOLUME\",")
                .contains("\"vol-2\"", "UnauthorizedOperation");
        assertThat(log.get(2)).startsWith("{\"mode\":\"DELETE\",");
    }

    @Test
    void logs_no_single_thing_of_a_plan_which_removes_nothing() throws IOException {
        String plan = VALID.replace("DELETE", "PLAN");

        function.handleRequest(new ByteArrayInputStream(json(plan)), new ByteArrayOutputStream(), contextWith(90_000));

        assertThat(log).singleElement().satisfies(line -> assertThat(line).startsWith("{\"mode\":\"PLAN\","));
    }

    @Test
    void runs_without_a_lambda_context() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(new ByteArrayInputStream(json(VALID)), answer, null);

        assertThat(region.volumeIds()).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'stack':'bakery', |             | The request has no stack. Add \"stack\".",
                "'region':'eu-west-1', |         | The request has no region. Add \"region\".",
                "['eu-west-1']     | ['eu-west-1a']  | 'eu-west-1a' is not a region. Write it as eu-west-1, without a zone letter.",
                "['eu-west-1']     | 'eu-west-1' | \"regions\" must be a list.",
                "'DELETE'          | 'delete'    | \"mode\" must be one of PLAN, DELETE.",
                "'mode':'DELETE',  |             | The request has no mode. Add \"mode\".",
                "'most':9          | 'most':0    | most is 0; it must be between 1 and 1000.",
                "'most':9          | 'cap':9     | Unknown key \"cap\": the nearest known key is \"stack\". Known keys: stack, region, regions, mode, most.",
            })
    void refuses_an_invalid_request_before_any_call(String part, String replacement, String message) {
        String request = VALID.replace(part, replacement == null ? "" : replacement);

        assertThatThrownBy(() -> function.handle(json(request)))
                .isInstanceOf(InvalidFunctionRequest.class)
                .hasMessage(message);
        assertThat(region.faults().calls()).isEmpty();
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private Context contextWith(int remainingMillis) {
        LambdaLogger logger = new LambdaLogger() {
            @Override
            public void log(String message) {
                log.add(message);
            }

            @Override
            public void log(byte[] message) {
                log.add(new String(message, UTF_8));
            }
        };
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> method.getName().equals("getLogger") ? logger : remainingMillis);
    }
}
