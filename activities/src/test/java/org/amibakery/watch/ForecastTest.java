package org.amibakery.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Forecast forecast = new Forecast(INTERVAL);

    @Test
    void knows_nothing_at_first_and_looks_once_an_interval() {
        assertThat(forecast.isTooEarly(Duration.ZERO)).isFalse();
        assertThat(forecast.pauseAt(Duration.ZERO)).isEqualTo(INTERVAL);
        assertThat(forecast.pauseAt(Duration.ofMinutes(5))).isEqualTo(INTERVAL);
    }

    @Test
    void looks_at_nothing_that_cannot_have_ended_except_every_fourth_interval() {
        forecast.ended(Duration.ofSeconds(19), Duration.ofSeconds(20));

        assertThat(forecast.isTooEarly(Duration.ZERO)).isTrue();
        assertThat(forecast.pauseAt(Duration.ZERO)).isEqualTo(INTERVAL.multipliedBy(4));
        assertThat(forecast.pauseAt(Duration.ofSeconds(17))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void looks_often_when_the_end_is_near_and_as_ever_when_it_does_not_come() {
        forecast.ended(Duration.ofSeconds(19), Duration.ofSeconds(20));

        assertThat(forecast.pauseAt(Duration.ofSeconds(19))).isEqualTo(Duration.ofMillis(125));
        assertThat(forecast.pauseAt(Duration.ofSeconds(20))).isEqualTo(Duration.ofMillis(125));
        assertThat(forecast.pauseAt(Duration.ofSeconds(21))).isEqualTo(INTERVAL);
    }

    @Test
    void looks_no_more_often_than_ever_where_waits_differ_much() {
        forecast.ended(Duration.ofSeconds(5), Duration.ofSeconds(6));
        forecast.ended(Duration.ofMinutes(5), Duration.ofMinutes(6));

        assertThat(forecast.pauseAt(Duration.ofSeconds(30))).isEqualTo(INTERVAL);
    }

    @Test
    void looks_earlier_once_a_wait_had_ended_before_its_first_look() {
        forecast.ended(Duration.ofSeconds(16), Duration.ofSeconds(17));
        forecast.endedUnseen(Duration.ofSeconds(16));

        assertThat(forecast.isTooEarly(Duration.ofSeconds(7))).isTrue();
        assertThat(forecast.isTooEarly(Duration.ofSeconds(8))).isFalse();
    }

    @Test
    void forgets_what_is_long_past() {
        forecast.ended(Duration.ofSeconds(1), Duration.ofMinutes(9));
        for (int wait = 0; wait < 8; wait++) {
            forecast.ended(Duration.ofSeconds(19), Duration.ofSeconds(20));
        }

        assertThat(forecast.isTooEarly(Duration.ofSeconds(18))).isTrue();
    }

    @Test
    void makes_the_first_look_at_once_where_waits_are_short() {
        forecast.endedUnseen(Duration.ofMillis(30));
        forecast.ended(Duration.ofMillis(600), Duration.ofMillis(800));

        assertThat(forecast.isTooEarly(Duration.ZERO)).isFalse();
    }
}
