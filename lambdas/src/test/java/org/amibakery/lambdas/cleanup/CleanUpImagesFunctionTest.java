package org.amibakery.lambdas.cleanup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.AnImage.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.InvalidFunctionRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanUpImagesFunctionTest {
    private static final String VALID = "{'stack':'bakery','family':'web','region':'eu-west-1','olderThan':'P30D',"
            + "'keepAtLeast':1,'cap':9,'mode':'DELETE'}";

    private final FakeFleet fleet = new FakeFleet(19);
    private final CleanUpImagesFunction function =
            new CleanUpImagesFunction(region -> fleet, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void three_old_images() {
        fleet.hasBaked(ownImage("ami-1", 99).build());
        fleet.hasBaked(ownImage("ami-2", 98).build());
        fleet.hasBaked(ownImage("ami-3", 97).build());
    }

    @Test
    void answers_a_request_in_process() {
        CleanUpImagesReport report = FunctionJson.readAnswer(function.handle(json(VALID)), CleanUpImagesReport.class);

        assertThat(report.deleted()).extracting(DeletedImage::imageId).containsExactly("ami-1", "ami-2");
        assertThat(report.continuation()).isEmpty();
    }

    @Test
    void cleans_up_several_families() {
        fleet.hasBaked(ownImage("ami-4", 99).tags(tags("bakery", "db", "good")).build());
        fleet.hasBaked(ownImage("ami-5", 98).tags(tags("bakery", "db", "good")).build());

        CleanUpFamiliesReport report = families(VALID, VALID.replace("web", "db"), VALID.replace("web", "new"));

        assertThat(report.families()).containsOnlyKeys("web", "db", "new");
        assertThat(report.families().get("web").deleted())
                .extracting(DeletedImage::imageId)
                .containsExactly("ami-1", "ami-2");
        assertThat(report.families().get("db").deleted())
                .extracting(DeletedImage::imageId)
                .containsExactly("ami-4");
        assertThat(report.families().get("new").kept()).isEmpty();
    }

    @Test
    void leaves_out_families_that_there_was_no_time_to_begin() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] request = json("{'families':[" + VALID + "," + VALID.replace("web", "db") + "]}");

        function.handleRequest(new ByteArrayInputStream(request), answer, contextWith(0));

        assertThat(FunctionJson.readAnswer(answer.toByteArray(), CleanUpFamiliesReport.class)
                        .families())
                .containsOnlyKeys("web");
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~           | ~~           | The family web is asked for twice. Ask for it once.",
                "'web'        | ''           | The request has no family. Add \"family\".",
                "~'stack':'bakery','family':'web'~ | ~'stack':'other','family':'db'~ | The families web and db differ in stack, region or bakedIn. Ask for each by itself.",
                "eu-west-1    | eu-west-2    | The families web and web differ in stack, region or bakedIn. Ask for each by itself.",
            })
    void refuses_families_that_cannot_be_cleaned_up_together(String part, String replacement, String message) {
        String second = part.isEmpty() ? VALID : VALID.replace(part, replacement);

        assertThatThrownBy(() -> families(VALID, second))
                .isInstanceOf(InvalidFunctionRequest.class)
                .hasMessage(message);
        assertThat(fleet.faults().calls()).isEmpty();
    }

    @Test
    void refuses_more_families_than_it_has_time_for() {
        String[] eleven = IntStream.rangeClosed(1, 11)
                .mapToObj(number -> VALID.replace("web", "web-" + number))
                .toArray(String[]::new);

        assertThatThrownBy(() -> families(eleven))
                .hasMessage("the number of families is 11; it must be between 1 and 10.");
    }

    private CleanUpFamiliesReport families(String... requests) {
        byte[] request = json("{'families':[" + String.join(",", requests) + "]}");
        return FunctionJson.readAnswer(function.handle(request), CleanUpFamiliesReport.class);
    }

    @Test
    void runs_without_a_lambda_context() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(new ByteArrayInputStream(json(VALID)), answer, null);

        assertThat(FunctionJson.readAnswer(answer.toByteArray(), CleanUpImagesReport.class)
                        .deleted())
                .hasSize(2);
    }

    @ParameterizedTest(name = "{0} ms left: {1} deleted")
    @CsvSource({"60000, 1", "60001, 2"})
    void ends_early_when_lambdas_time_runs_short(int remainingMillis, int deleted) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(new ByteArrayInputStream(json(VALID)), answer, contextWith(remainingMillis));

        CleanUpImagesReport report = FunctionJson.readAnswer(answer.toByteArray(), CleanUpImagesReport.class);
        assertThat(report.deleted()).hasSize(deleted);
        assertThat(report.continuation().isPresent()).isEqualTo(deleted == 1);
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'stack':'bakery', |                 | The request has no stack. Add \"stack\".",
                "'web'             | ''              | The request has no family. Add \"family\".",
                "'family'          | 'famlly'        | Unknown key \"famlly\": the nearest known key is \"family\". Known keys: stack, family, region, olderThan, keepAtLeast, cap, mode, continuation, deprecateFor, disableFor, bakedIn.",
                "eu-west-1         | Ireland         | 'Ireland' is not a region. Write it as eu-west-1, without a zone letter.",
                "'olderThan'       | 'olderthan'     | Unknown key \"olderthan\": the nearest known key is \"olderThan\". Known keys: stack, family, region, olderThan, keepAtLeast, cap, mode, continuation, deprecateFor, disableFor, bakedIn.",
                "'P30D'            | '30d'           | \"olderThan\" must be an ISO duration such as P30D or PT12H.",
                "'P30D'            | 30              | \"olderThan\" must be an ISO duration such as P30D or PT12H.",
                "'P30D'            | '-P1D'          | olderThan is PT-24H; an age cannot be negative. Write for example P30D.",
                "'P30D'            | null            | The request has no olderThan. Add \"olderThan\".",
                "'keepAtLeast':1,  |                 | keepAtLeast is 0; it must be between 1 and 1000.",
                "'keepAtLeast':1   | 'keepAtLeast':0 | keepAtLeast is 0; it must be between 1 and 1000.",
                "'keepAtLeast':1   | 'keepAtLeast':1.5 | \"keepAtLeast\" must be a whole number.",
                "'cap':9           | 'cap':'9'       | \"cap\" must be a whole number.",
                "'cap':9           | 'cap':1001      | cap is 1001; it must be between 1 and 1000.",
                "'DELETE'          | 'delete'        | \"mode\" must be one of PLAN, DELETE.",
                "'DELETE'          | 1               | \"mode\" must be one of PLAN, DELETE.",
                "'DELETE'}         | 'DELETE','deprecateFor':'14d'} | \"deprecateFor\" must be an ISO duration such as P30D or PT12H.",
                "'DELETE'}         | 'DELETE','deprecateFor':'-P1D'} | deprecateFor is PT-24H; it must be between PT0S and PT87600H. Write for example P14D, or leave it out.",
                "'DELETE'}         | 'DELETE','disableFor':'P3651D'} | disableFor is PT87624H; it must be between PT0S and PT87600H. Write for example P14D, or leave it out.",
                "'DELETE'}         | 'DELETE','bakedIn':'Ireland'} | 'Ireland' is not a region. Write it as eu-west-1, without a zone letter.",
                "'DELETE'}         | 'DELETE','continuation':'x'} | 'x' is not a continuation. Repeat the one of the last report, or leave it out to start anew.",
            })
    void refuses_an_invalid_request_before_any_call(String part, String replacement, String message) {
        String request = VALID.replace(part, replacement == null ? "" : replacement);

        assertThatThrownBy(() -> function.handle(json(request)))
                .isInstanceOf(InvalidFunctionRequest.class)
                .hasMessage(message);
        assertThat(fleet.faults().calls()).isEmpty();
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static Context contextWith(int remainingMillis) {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getRemainingTimeInMillis");
                    return remainingMillis;
                });
    }
}
