package org.amibakery.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.amibakery.lambdas.cleanup.CleanUpImagesReport;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.amibakery.lambdas.foundation.FoundationImageQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionJsonTest {
    @ParameterizedTest(name = "request: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~            | The request is not a JSON object. Send one.",
                "null          | The request is not a JSON object. Send one.",
                "[]            | The request is not a JSON object. Send one.",
                "\"text\"      | The request is not a JSON object. Send one.",
                "{\"name\":    | The request is not JSON: Unexpected end-of-input",
                "{} {}         | The request is not JSON: Trailing token",
                "{\"name\":\"a\",\"name\":\"b\"} | The request is not JSON: Duplicate field 'name'",
            })
    void refuses_what_is_no_request(String json, String message) {
        assertThatThrownBy(() -> FunctionJson.readRequest(json.getBytes(UTF_8), FoundationImageQuery.class))
                .isInstanceOf(InvalidFunctionRequest.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void reads_an_answer_with_keys_of_a_newer_function() {
        byte[] newer = "{\"mode\":\"PLAN\",\"duration\":\"PT1S\"}".getBytes(UTF_8);

        assertThat(FunctionJson.readAnswer(newer, CleanUpImagesReport.class))
                .isEqualTo(new CleanUpImagesReport(
                        CleanUpMode.PLAN, List.of(), List.of(), List.of(), 0, List.of(), Optional.empty(), List.of()));
    }

    @Test
    void says_which_answer_cannot_be_read() {
        assertThatThrownBy(() -> FunctionJson.readAnswer("[]".getBytes(UTF_8), CleanUpImagesReport.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("The function's answer cannot be read as CleanUpImagesReport");
    }

    @Test
    void leaves_out_what_is_absent() {
        byte[] json = FunctionJson.write(new CleanUpImagesReport(
                CleanUpMode.PLAN, List.of(), List.of(), List.of(), 0, List.of(), Optional.empty(), List.of()));

        assertThat(new String(json, UTF_8))
                .isEqualTo("{\"mode\":\"PLAN\",\"deleted\":[],\"leftovers\":[],\"kept\":[],\"keptUnlisted\":0,"
                        + "\"failed\":[],\"withdrawn\":[]}");
    }
}
