package org.amibakery.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds what a watcher knows of one open activity. Looks, heartbeats and reports happen on different threads; a wait is
 * reported by one of them only.
 */
final class OpenWait<W> {
    private final W subject;
    private final String id;
    private final byte[] taskToken;
    private final Instant since;
    private final Duration heartbeatEvery;
    private final AtomicBoolean reporting = new AtomicBoolean();
    private volatile Instant nextHeartbeat;
    private volatile Instant missedAt = Instant.MAX;
    private volatile Duration unseenFor = Duration.ZERO;
    private volatile Instant nextLook;
    private volatile Instant lastGoingOn = Instant.MIN;
    private volatile WaitDetails details;
    private volatile boolean sightingIsSaved;
    private volatile boolean toldOverdue;

    OpenWait(W subject, String id, OpenActivity activity, Instant now) {
        this.subject = subject;
        this.id = id;
        this.taskToken = activity.taskToken();
        this.since = activity.since();
        this.heartbeatEvery = activity.silence().dividedBy(3);
        this.nextHeartbeat = now.plus(heartbeatEvery);
        this.nextLook = now;
        this.details = new WaitDetails(id, "not looked at yet", activity.wasSeen());
        this.sightingIsSaved = details.seen();
    }

    String id() {
        return id;
    }

    W subject() {
        return subject;
    }

    Instant nextLook() {
        return nextLook;
    }

    /** Puts the next look off. */
    void lookAgainAt(Instant next) {
        nextLook = next;
    }

    Duration age(Instant now) {
        return Duration.between(since, now);
    }

    /** Tells a forecast how long the wait took. */
    void teach(Forecast forecast, Instant now) {
        if (lastGoingOn.equals(Instant.MIN)) {
            forecast.endedUnseen(age(now));
        } else {
            forecast.ended(age(lastGoingOn), age(now));
        }
    }

    byte[] taskToken() {
        return taskToken;
    }

    WaitDetails details() {
        return details;
    }

    /** The wait as a watch reads it, this look included. */
    Waiting<W> waiting(Instant now, Optional<?> seen) {
        if (seen.isPresent()) {
            unseenFor = Duration.ZERO;
        } else if (!missedAt.equals(Instant.MAX)) {
            unseenFor = unseenFor.plus(Duration.between(missedAt, now));
        }
        missedAt = seen.isPresent() ? Instant.MAX : now;
        return new Waiting<>(subject, since, now, details.seen() || seen.isPresent(), unseenFor);
    }

    void sighted(String state, Optional<?> seen, Instant now) {
        lastGoingOn = now;
        details = new WaitDetails(id, state, details.seen() || seen.isPresent());
    }

    /** What was seen stays true when a look fails; only the words change, and time without an answer is no absence. */
    void lookFailed(String message) {
        missedAt = Instant.MAX;
        details = new WaitDetails(id, message, details.seen());
    }

    /** Whether Temporal has yet to learn that it was visible once. */
    boolean hasUnsavedSighting() {
        return details.seen() && !sightingIsSaved;
    }

    void saved(WaitDetails told) {
        sightingIsSaved = told.seen();
    }

    /** Takes the next heartbeat, if it is due and nobody reports on the wait. */
    boolean takeHeartbeat(Instant now) {
        if (now.isBefore(nextHeartbeat) || reporting.get()) {
            return false;
        }
        nextHeartbeat = now.plus(heartbeatEvery);
        return true;
    }

    /** Takes the right to report how the wait ended. */
    boolean takeReport() {
        return reporting.compareAndSet(false, true);
    }

    /** Gives the right back: Temporal could not be reached, so the wait goes on. */
    void reportFailed() {
        reporting.set(false);
    }

    /** Whether the wait became overdue just now; true once. */
    boolean becameOverdue(Duration limit, Instant now) {
        if (toldOverdue || !since.plus(limit).isBefore(now)) {
            return false;
        }
        toldOverdue = true;
        return true;
    }
}
