package org.amibakery.window.reading;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads when a window opens, from the five fields of a Unix cron expression. Temporal takes more (seconds, years,
 * {@code @weekly}, {@code CRON_TZ=}; ScheduleSpec, cron_string), its in-memory server less.
 *
 * <p>When clocks change it tells what a window does, as tried on server 1.29: a time that a day leaves out does not come on
 * that day, and one that a day has twice comes once. Which of the two it is, is the server's choice: the second east of
 * Greenwich, the first west of it, where it starts a second run an hour later, too, which finds that it has nothing to do.
 * (Where clocks change by less than an hour, on Lord Howe Island, a time that is left out comes late instead.)
 */
public final class OpeningTimes {
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
    public static OpeningTimes of(String expression) {
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

    /** The next openings after an instant. */
    public List<ZonedDateTime> after(Instant from, ZoneId zone, int count) {
        List<ZonedDateTime> openings = new ArrayList<>();
        Optional<ZonedDateTime> wall = Optional.of(wallClock(from, zone).minusDays(1)); // clocks may go back
        for (int tried = 0; openings.size() < count && tried < MOST_OPENINGS; tried++) {
            wall = wall.flatMap(times::nextExecution);
            wall.flatMap(time -> on(time, zone))
                    .filter(opening -> opening.toInstant().isAfter(from))
                    .ifPresent(openings::add);
        }
        return openings;
    }

    /** The times at which it would open but for clocks that go forward, within a while after an instant. */
    public List<LocalDateTime> leftOut(Instant from, ZoneId zone, Duration ahead) {
        List<LocalDateTime> times = new ArrayList<>();
        Instant until = from.plus(ahead);
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        while (change != null && change.getInstant().isBefore(until)) {
            if (change.isGap()) {
                times.addAll(within(change));
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return times;
    }

    private List<LocalDateTime> within(ZoneOffsetTransition gap) {
        List<LocalDateTime> inside = new ArrayList<>();
        ZonedDateTime end = gap.getDateTimeAfter().atZone(ZoneOffset.UTC);
        Optional<ZonedDateTime> wall =
                times.nextExecution(gap.getDateTimeBefore().minusSeconds(1).atZone(ZoneOffset.UTC));
        while (wall.filter(time -> time.isBefore(end)).isPresent()) {
            inside.add(wall.get().toLocalDateTime());
            wall = times.nextExecution(wall.get());
        }
        return inside;
    }

    /** The wall clock's time as if it were UTC, which never changes its clocks. */
    private static ZonedDateTime wallClock(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC);
    }

    private static Optional<ZonedDateTime> on(ZonedDateTime wall, ZoneId zone) {
        LocalDateTime time = wall.toLocalDateTime();
        if (zone.getRules().getValidOffsets(time).isEmpty()) {
            return Optional.empty();
        }
        ZoneOffset guess = zone.getRules().getOffset(wall.toInstant()); // as Go's time.Date makes it
        return Optional.of(ZonedDateTime.ofLocal(time, zone, guess));
    }

    /** Whether it ever opens: 30 February never comes. */
    boolean ever() {
        return times.nextExecution(FROM).isPresent();
    }

    /** The shortest time from one opening to the next; nothing if there is no next. */
    public Optional<Duration> shortestPause() {
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
