package org.amibakery.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Foresees, from how long the last waits of a kind took, when the next ones may end: nobody looks much before, and whoever
 * waits alone is looked at often from then on. Wrong forecasts cost a few looks, never a wait: what ends too early is seen
 * after four intervals at the latest, and what is late is looked at as if nothing were foreseen. Thread-safe.
 */
final class Forecast {
    private static final int REMEMBERED = 8;
    private static final int BLIND_INTERVALS = 4;

    /** A look costs a call, and Temporal's own steps take a tenth of a second: closer looks would gain nothing. */
    private static final int CLOSEST_LOOKS_OF_AN_INTERVAL = 8;

    private record Span(Duration notBefore, Duration notAfter) {}

    private final Duration interval;
    private final Deque<Span> spans = new ArrayDeque<>();

    Forecast(Duration interval) {
        this.interval = interval;
    }

    /**
     * Learns of a wait that ended.
     *
     * @param notBefore its age when it was last seen to go on
     * @param notAfter its age when it was seen to have ended
     */
    synchronized void ended(Duration notBefore, Duration notAfter) {
        if (spans.size() == REMEMBERED) {
            spans.removeFirst();
        }
        spans.addLast(new Span(notBefore, notAfter));
    }

    /** Learns of a wait that had ended at its first look. */
    synchronized void endedUnseen(Duration notAfter) {
        ended(earliest().dividedBy(2), notAfter);
    }

    /** Whether a wait that has just begun cannot have ended, so that the first look at it can wait for the others'. */
    synchronized boolean isTooEarly(Duration age) {
        return earliest().compareTo(interval) > 0 && age.compareTo(earliest()) < 0;
    }

    /** How long not to look at a wait of this age. */
    synchronized Duration pauseAt(Duration age) {
        if (spans.isEmpty() || age.compareTo(latest().plus(closest())) > 0) {
            return interval;
        }
        Duration tooEarly = earliest().minus(age);
        if (tooEarly.isNegative() || tooEarly.isZero()) {
            return closest();
        }
        return shorter(tooEarly, interval.multipliedBy(BLIND_INTERVALS));
    }

    private Duration closest() {
        Duration spread = latest().minus(earliest()).dividedBy(CLOSEST_LOOKS_OF_AN_INTERVAL);
        Duration least = interval.dividedBy(CLOSEST_LOOKS_OF_AN_INTERVAL);
        return shorter(interval, spread.compareTo(least) < 0 ? least : spread);
    }

    private Duration earliest() {
        return spans.stream().map(Span::notBefore).min(Duration::compareTo).orElse(Duration.ZERO);
    }

    private Duration latest() {
        return spans.stream().map(Span::notAfter).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
