package org.amibakery.command.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingAttemptTest {
    @ParameterizedTest(name = "attempt {0}, rescheduled {1}, heard of {2}, in run {3}: surely the first {4}")
    @CsvSource({
        "1, false, false, run-1, true",
        "2, false, false, run-1, false",
        "1, true, false, run-1, false", // an operator has reset the activity, and what it had left
        "1, false, true, run-1, false", // or that alone
        "1, false, false, run-2, false" // the workflow was reset
    })
    void nobody_can_have_sent_before_the_very_first_attempt_alone(
            int number, boolean rescheduled, boolean heardOf, String runId, boolean surely) {
        assertThat(new SendingAttempt(number, rescheduled, heardOf, runId)
                        .isSurelyTheFirstOf("ami-bakery run-1 1 scrub"))
                .isEqualTo(surely);
    }
}
