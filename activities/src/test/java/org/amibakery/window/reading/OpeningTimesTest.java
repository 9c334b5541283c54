package org.amibakery.window.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** What a real server does at the same times is compared in acceptance. */
class OpeningTimesTest {
    private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");
    private static final Instant BEFORE_SPRING = Instant.parse("2027-03-27T00:00:00Z");
    private static final Instant BEFORE_AUTUMN = Instant.parse("2027-10-30T00:00:00Z");

    @Test
    void keeps_to_the_wall_clock_of_its_zone() {
        assertThat(OpeningTimes.of("0 3 * * MON").after(BEFORE_SPRING, WARSAW, 2))
                .extracting(ZonedDateTime::toInstant)
                .containsExactly(Instant.parse("2027-03-29T01:00:00Z"), Instant.parse("2027-04-05T01:00:00Z"));
    }

    @Test
    void a_time_that_a_day_leaves_out_does_not_come_on_that_day() {
        assertThat(OpeningTimes.of("30 2 * * *").after(BEFORE_SPRING, WARSAW, 3))
                .extracting(ZonedDateTime::toInstant)
                .containsExactly(
                        Instant.parse("2027-03-27T01:30:00Z"),
                        Instant.parse("2027-03-29T00:30:00Z"),
                        Instant.parse("2027-03-30T00:30:00Z"));
    }

    @Test
    void a_time_that_a_day_has_twice_comes_once() {
        assertThat(OpeningTimes.of("30 2 * * *").after(BEFORE_AUTUMN, WARSAW, 3))
                .extracting(ZonedDateTime::toInstant)
                .containsExactly(
                        Instant.parse("2027-10-30T00:30:00Z"),
                        Instant.parse("2027-10-31T01:30:00Z"),
                        Instant.parse("2027-11-01T01:30:00Z"));
    }

    @Test
    void a_time_that_a_day_has_twice_comes_first_where_the_server_takes_it_so() {
        assertThat(OpeningTimes.of("30 1 * * *")
                        .after(Instant.parse("2027-11-06T06:00:00Z"), ZoneId.of("America/New_York"), 2))
                .extracting(ZonedDateTime::toInstant)
                .containsExactly(Instant.parse("2027-11-07T05:30:00Z"), Instant.parse("2027-11-08T06:30:00Z"));
    }

    @Test
    void tells_which_times_are_left_out() {
        OpeningTimes nightly = OpeningTimes.of("30 2 * * *");

        assertThat(nightly.leftOut(BEFORE_SPRING, WARSAW, Duration.ofDays(400)))
                .containsExactly(LocalDateTime.parse("2027-03-28T02:30"), LocalDateTime.parse("2028-03-26T02:30"));
        assertThat(nightly.leftOut(BEFORE_SPRING, ZoneId.of("UTC"), Duration.ofDays(400)))
                .isEmpty();
        assertThat(OpeningTimes.of("0 3 * * MON").leftOut(BEFORE_SPRING, WARSAW, Duration.ofDays(4_000)))
                .isEmpty();
        assertThat(OpeningTimes.of("0,15 2 * * *").leftOut(BEFORE_SPRING, WARSAW, Duration.ofDays(30)))
                .containsExactly(LocalDateTime.parse("2027-03-28T02:00"), LocalDateTime.parse("2027-03-28T02:15"));
    }
}
