package org.amibakery.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.bake.StepReport;

/** Writes durations as people say them. */
final class Took {
    private Took() {}

    /** Writes {@code 4.1 s}, {@code 2 min 31 s} or {@code 1 h 5 min}. */
    static String text(Duration duration) {
        Duration shown = duration.isNegative() ? Duration.ZERO : duration;
        if (shown.toHours() > 0) {
            return "%d h %d min".formatted(shown.toHours(), shown.toMinutesPart());
        }
        if (shown.toMinutes() > 0) {
            return "%d min %d s".formatted(shown.toMinutes(), shown.toSecondsPart());
        }
        return "%d.%d s".formatted(shown.toSeconds(), shown.toMillisPart() / 100);
    }

    /** How long a step has taken until its end, or until now. */
    static Optional<Duration> of(StepReport step, Instant now) {
        return step.startedAt()
                .map(start -> Duration.between(start, step.endedAt().orElse(now)));
    }
}
