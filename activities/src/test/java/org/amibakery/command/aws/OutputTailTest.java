package org.amibakery.command.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputTailTest {
    @Test
    void keeps_the_last_twenty_lines() {
        assertThat(OutputTail.of(new CommandOutput(lines(50), "")))
                .startsWith("line 31\n")
                .endsWith("\nline 50");
    }

    @Test
    void keeps_two_thousand_characters_at_most() {
        assertThat(OutputTail.of(new CommandOutput("x".repeat(5_000) + "end", "")))
                .hasSize(2_000)
                .endsWith("end");
    }

    @Test
    void keeps_little_of_a_success_and_not_what_the_script_says_about_itself() {
        String tail = OutputTail.ofSuccess(new CommandOutput(lines(50) + "\nAMI-BAKERY changed=1\n", "error\n"));

        assertThat(tail).isEqualTo("line 45\nline 46\nline 47\nline 48\nline 49\nline 50");
        assertThat(OutputTail.ofSuccess(new CommandOutput("x".repeat(5_000), "")))
                .hasSize(400);
    }

    @Test
    void puts_errors_last() {
        assertThat(OutputTail.of(new CommandOutput("output\n", "error\n"))).isEqualTo("output\nerror");
    }

    @Test
    void has_no_summary_of_a_script_that_said_nothing_about_itself() {
        assertThat(OutputTail.summary(new CommandOutput("hello\n AMI-BAKERY no", "")))
                .isEmpty();
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "line " + number)
                .collect(Collectors.joining("\n"));
    }
}
