package org.amibakery.watch;

import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.amibakery.aws.Backoff;
import org.amibakery.aws.BakeryCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every open wait of one kind in one region. A pulse tells it the time; it then looks and heartbeats if either is
 * due, on threads that are not the pulse's.
 */
final class Watcher<W, S, R> {
    private static final Logger log = LoggerFactory.getLogger(Watcher.class);

    private final String name;
    private final Duration interval;
    private final Watch<W, S, R> watch;
    private final WatchTools tools;
    private final Set<OpenWait<W>> waits = ConcurrentHashMap.newKeySet();
    private final Set<OpenWait<W>> firstLooks = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Map<String, Forecast> forecasts = new ConcurrentHashMap<>();
    private volatile Instant noLookBefore = Instant.MIN;
    private int failuresInARow;

    Watcher(String name, Duration interval, Watch<W, S, R> watch, WatchTools tools) {
        this.name = name;
        this.interval = interval;
        this.watch = watch;
        this.tools = tools;
    }

    Watch<W, S, R> watch() {
        return watch;
    }

    /** Looks for the first time. AWS may take longer to answer than the activity may be silent, so that it is kept alive. */
    <T> T keepAlive(OpenWait<W> wait, Supplier<T> firstLook) {
        firstLooks.add(wait);
        try {
            return firstLook.get();
        } finally {
            firstLooks.remove(wait);
        }
    }

    /** Whether earlier waits show that a look would be in vain. */
    boolean isTooEarly(OpenWait<W> wait) {
        return forecast(wait).isTooEarly(wait.age(now()));
    }

    /** Remembers how long the wait took. */
    void learn(OpenWait<W> wait) {
        wait.teach(forecast(wait), now());
    }

    private Forecast forecast(OpenWait<W> wait) {
        return forecasts.computeIfAbsent(watch.resemblance(wait.subject()), kind -> new Forecast(interval));
    }

    /** Whether the first look is better shared: those who come in numbers wait for each other. */
    boolean sharesLooks() {
        return !tools.crowd().isSmall();
    }

    /** Takes a wait, whose next look is due at once unless it was put off. */
    void register(OpenWait<W> wait) {
        if (waits.add(wait)) {
            tools.crowd().joined();
        }
    }

    private void forget(OpenWait<W> wait) {
        if (waits.remove(wait)) {
            tools.crowd().left();
        }
    }

    /** Leaves a wait alone for a while: it was looked at just now, or a look would be in vain. */
    void putOff(OpenWait<W> wait) {
        Instant now = now();
        wait.lookAgainAt(now.plus(forecast(wait).pauseAt(wait.age(now))));
    }

    /** Starts what is due; returns at once. */
    void pulse(Executor looks) {
        Instant now = now();
        for (OpenWait<W> wait : firstLooks) {
            if (wait.takeHeartbeat(now)) {
                tools.reports().stillLooking(wait);
            }
        }
        for (OpenWait<W> wait : waits) {
            if (wait.takeHeartbeat(now)) {
                tools.reports().heartbeat(wait, this::forget);
            }
        }
        if (!now.isBefore(noLookBefore)
                && waits.stream().anyMatch(wait -> !now.isBefore(wait.nextLook()))
                && looking.compareAndSet(false, true)) {
            looks.execute(this::look);
        }
    }

    /** Gives every wait to whichever worker comes next. */
    void handBackAll() {
        waits.forEach(wait -> tools.reports().handBack(wait, this::forget));
    }

    int openWaits() {
        return waits.size();
    }

    private void look() {
        try {
            measureLateness();
            Instant begun = now();
            boolean answered = lookAt(due(begun));
            Duration pause = tools.crowd().pause(interval);
            noLookBefore = now().plus(answered ? pause : longer(Backoff.after(++failuresInARow), interval));
        } finally {
            looking.set(false);
        }
    }

    private void measureLateness() {
        Instant due =
                waits.stream().map(OpenWait::nextLook).min(Instant::compareTo).orElse(Instant.MAX);
        Duration late = Duration.between(due.isAfter(noLookBefore) ? due : noLookBefore, now());
        if (late.compareTo(interval) > 0) {
            tools.counters().lookLate(name, late);
        }
    }

    /** Many that wait share their looks: each takes in who is due before half of an interval. */
    private List<OpenWait<W>> due(Instant now) {
        Instant until = sharesLooks() ? now.plus(interval.dividedBy(2)) : now;
        return waits.stream().filter(wait -> !until.isBefore(wait.nextLook())).toList();
    }

    private boolean lookAt(List<OpenWait<W>> due) {
        Map<String, List<OpenWait<W>>> byId = new LinkedHashMap<>();
        due.forEach(
                wait -> byId.computeIfAbsent(wait.id(), id -> new ArrayList<>()).add(wait));
        List<String> ids = List.copyOf(byId.keySet());
        boolean answered = true;
        for (int from = 0; from < ids.size(); from += watch.idsPerLook()) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + watch.idsPerLook()));
            List<OpenWait<W>> waiting =
                    batch.stream().flatMap(id -> byId.get(id).stream()).toList();
            answered &= lookAt(new LinkedHashSet<>(batch), waiting);
        }
        due.forEach(this::putOff);
        if (answered) {
            failuresInARow = 0;
        }
        return answered;
    }

    private boolean lookAt(Set<String> ids, List<OpenWait<W>> waiting) {
        try {
            Map<String, S> seen = watch.look(ids);
            waiting.forEach(wait -> settled(wait, Optional.ofNullable(seen.get(wait.id()))));
            return true;
        } catch (ApplicationFailure refused) {
            tools.counters().lookFailed(name, refused.getType());
            for (OpenWait<W> wait : waiting) {
                if (refused.isNonRetryable()) {
                    tools.reports().failed(wait, refused, this::forget);
                } else {
                    wait.lookFailed(refused.getOriginalMessage());
                }
            }
        } catch (RuntimeException bug) { // must not end the looks of every bake; the waits end at their own limits
            tools.counters().lookFailed(name, bug.getClass().getSimpleName());
            log.error("A look-up failed in an unforeseen way; it is tried again kind={}", name, bug);
            waiting.forEach(
                    wait -> wait.lookFailed("a look failed: " + bug.getClass().getSimpleName()));
        }
        return false;
    }

    /** What cannot be read of one must not hold up the others. */
    private void settled(OpenWait<W> wait, Optional<S> seen) {
        try {
            settle(wait, seen);
        } catch (RuntimeException bug) {
            tools.counters().lookFailed(name, bug.getClass().getSimpleName());
            log.error(
                    "An answer was read in an unforeseen way; it is asked for again kind={} id={}",
                    name,
                    wait.id(),
                    bug);
        }
    }

    private void settle(OpenWait<W> wait, Optional<S> seen) {
        Sighting<R> sighting = watch.read(wait.waiting(now(), seen), seen);
        if (sighting.state().isPresent()) {
            wait.sighted(sighting.state().get(), seen, now());
            alertIfOverdue(wait);
        } else if (sighting.failure().isPresent()) {
            tools.reports().failed(wait, sighting.failure().get(), this::forget);
        } else {
            learn(wait);
            tools.reports().arrived(wait, sighting.result(), this::forget);
        }
    }

    private void alertIfOverdue(OpenWait<W> wait) {
        Optional<Duration> limit = watch.overdueAfter();
        if (limit.isPresent() && wait.becameOverdue(limit.get(), now())) {
            tools.counters().cleanupOverdue(name);
            log.error(
                    "A cleanup is not done after {} minutes and goes on; look at it in the EC2 console"
                            + " kind={} id={} state={}",
                    limit.get().toMinutes(),
                    name,
                    wait.id(),
                    wait.details().state());
        }
    }

    private Instant now() {
        return tools.clock().instant();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** What every watcher of a worker shares. */
    record WatchTools(Clock clock, Reports reports, BakeryCounters counters, Crowd crowd) {}
}
