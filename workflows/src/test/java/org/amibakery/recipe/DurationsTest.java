package org.amibakery.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"45s, PT45S", "90m, PT1H30M", "4h, PT4H", "30d, PT720H", "2w, PT336H", "PT4H, PT4H", "4 h, PT4H"})
    void reads_a_number_with_its_unit(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "h", "4 hours", "-1h", "1.5h", "PT", "P", "4y", "99999999999s"})
    void refuses_anything_else_and_says_what_to_write(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"%s\" is not a duration; write a number with its unit, such as 45s, 90m, 4h or 30d", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"45s", "90m", "4h", "30d", "0s"})
    void writes_what_it_reads(String text) {
        assertThat(Durations.text(Durations.parse(text))).isEqualTo(text);
    }
}
