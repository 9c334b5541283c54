package org.amibakery.window.reading;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Reads when a window opens, from the five fields of a Unix cron expression. Temporal takes more (seconds, years,
 * {@code @weekly}, {@code CRON_TZ=}; ScheduleSpec, cron_string), its in-memory server less.
 */
final class OpeningTimes {
    private static final int FIELDS = 5;
    private static final int DAY_OF_MONTH = 2;
    private static final int DAY_OF_WEEK = 4;

    /** A leap year's first day, so that 29 February is near. */
    private static final ZonedDateTime FROM = ZonedDateTime.of(2028, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** Enough to see the shortest pause of any pattern that people write. */
    private static final int MOST_OPENINGS = 400;

    private final ExecutionTime times;

    private OpeningTimes(ExecutionTime times) {
        this.times = times;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException with what is wrong and what to write, for the author
     */
    static OpeningTimes of(String expression) {
        String[] fields = expression.strip().split("\\s+", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "\"%s\" is not five fields; write minute, hour, day of the month, month, day of the week, such as 0 3 * * MON"
                            .formatted(expression));
        }
        if (!fields[DAY_OF_MONTH].equals("*") && !fields[DAY_OF_WEEK].equals("*")) {
            throw new IllegalArgumentException(
                    "\"%s\" names a day of the month and one of the week, which Temporal reads as both and cron as either; write * for one of them"
                            .formatted(expression));
        }
        try {
            Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression);
            return new OpeningTimes(ExecutionTime.forCron(cron.validate()));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "\"%s\" is no cron expression (%s); write five fields, such as 0 3 * * MON"
                            .formatted(expression, refused.getMessage()),
                    refused);
        }
    }

    /** Whether it ever opens: 30 February never comes. */
    boolean ever() {
        return times.nextExecution(FROM).isPresent();
    }

    /** The shortest time from one opening to the next; nothing if there is no next. */
    Optional<Duration> shortestPause() {
        Optional<Duration> shortest = Optional.empty();
        Optional<ZonedDateTime> opening = times.nextExecution(FROM);
        for (int count = 0; count < MOST_OPENINGS && opening.isPresent(); count++) {
            Optional<ZonedDateTime> next = times.nextExecution(opening.get());
            if (next.isPresent()) {
                Duration pause = Duration.between(opening.get(), next.get());
                shortest = Optional.of(
                        shortest.filter(known -> known.compareTo(pause) <= 0).orElse(pause));
            }
            opening = next;
        }
        return shortest;
    }
}
