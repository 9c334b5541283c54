package org.amibakery.recipe;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations as people do: {@code 45s}, {@code 90m}, {@code 4h}, {@code 30d}, {@code 2w}. */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})\\s?(s|m|h|d|w)");

    private Durations() {}

    /**
     * Reads a duration with its unit; also ISO-8601 as histories hold it ({@code PT4H}).
     *
     * @throws IllegalArgumentException with a message for the author of the text
     */
    public static Duration parse(String text) {
        Matcher duration = TEXT.matcher(text.strip());
        if (duration.matches()) {
            long count = Long.parseLong(duration.group(1));
            return switch (duration.group(2).charAt(0)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                case 'd' -> Duration.ofDays(count);
                default -> Duration.ofDays(7 * count);
            };
        }
        if (text.startsWith("P")) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException notIso) {
                throw new IllegalArgumentException(complaint(text), notIso);
            }
        }
        throw new IllegalArgumentException(complaint(text));
    }

    /** Writes a duration in the largest unit that divides it. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        if (seconds != 0 && seconds % 60 == 0) {
            return seconds / 60 + "m";
        }
        return seconds + "s";
    }

    private static String complaint(String text) {
        return "\"%s\" is not a duration; write a number with its unit, such as 45s, 90m, 4h or 30d".formatted(text);
    }
}
