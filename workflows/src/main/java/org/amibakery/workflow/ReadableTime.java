package org.amibakery.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times for people, in UTC and to the second. */
public final class ReadableTime {
    private static final DateTimeFormatter CLOCK = formatter("HH:mm:ss");
    private static final DateTimeFormatter DAY = formatter("yyyy-MM-dd HH:mm:ss");

    private ReadableTime() {}

    /** The time of day, such as {@code 03:14:15}. */
    public static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    /** Day and time, such as {@code 2026-11-29 03:14:15}. */
    public static String day(Instant instant) {
        return DAY.format(instant);
    }

    /** How long it was, such as {@code 12 min 3 s}, or {@code 4.2 s} below a minute. */
    public static String between(Instant start, Instant end) {
        Duration took = Duration.between(start, end);
        return took.toMinutes() > 0
                ? "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart())
                : "%d.%d s".formatted(took.toSeconds(), took.toMillisPart() / 100);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
