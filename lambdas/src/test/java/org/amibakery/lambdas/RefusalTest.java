package org.amibakery.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What stands between a function and EC2 (a proxy, a load balancer) answers without a code, and so does EC2 at its worst. */
class RefusalTest {
    @ParameterizedTest(name = "status {0} -> {1}")
    @CsvSource({"500, BUSY", "503, BUSY", "429, BUSY", "403, FORBIDDEN", "404, OTHER"})
    void reads_an_answer_without_a_code_by_its_status(int status, Refusal expected) {
        assertThat(Refusal.of(withoutCode(status))).isEqualTo(expected);
    }

    @Test
    void names_an_answer_without_a_code_by_its_status() {
        assertThat(AwsCalls.codeOf(withoutCode(503))).isEqualTo("HttpStatus503");
        assertThat(AwsCalls.messageOf(withoutCode(503))).isEqualTo("no reason given");
    }

    @Test
    void a_read_that_is_answered_without_a_code_fails_the_function_with_a_sentence() {
        assertThatThrownBy(() -> AwsCalls.required("DescribeImages", "eu-west-1", () -> {
                    throw withoutCode(502);
                }))
                .isInstanceOf(AwsCallFailed.class)
                .hasMessage(
                        "EC2 answered HttpStatus502 to DescribeImages in eu-west-1: no reason given. Nothing was changed. Try"
                                + " again later.");
    }

    private static Ec2Exception withoutCode(int status) {
        return (Ec2Exception) Ec2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().build())
                .build();
    }
}
