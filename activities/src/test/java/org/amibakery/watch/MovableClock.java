package org.amibakery.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when a test says so. */
public final class MovableClock extends Clock {
    private Instant now;

    /** Starts at an instant of no meaning. */
    public MovableClock() {
        this(Instant.parse("2026-11-23T12:00:00Z"));
    }

    /** Starts at this instant. */
    public MovableClock(Instant now) {
        this.now = now;
    }

    /** Lets time pass. */
    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
