package org.amibakery.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionErrorPayloadTest {
    @ParameterizedTest
    @CsvSource({
        "org.amibakery.lambdas.NoFoundationImage, NoFoundationImage",
        "NoFoundationImage, NoFoundationImage",
        "Sandbox.Timedout, Sandbox.Timedout",
        "java.lang.OutOfMemoryError, java.lang.OutOfMemoryError",
        ", ''",
    })
    void names_our_own_failures_simply_and_leaves_other_types_as_they_are(String sent, String errorType) {
        assertThat(new FunctionErrorPayload("message", sent).errorType()).isEqualTo(errorType);
    }
}
