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
    private volatile Instant nextLook = Instant.MIN;
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

    void register(OpenWait<W> wait) {
        if (waits.isEmpty()) {
            nextLook = now().plus(interval); // its activity has just looked
        }
        waits.add(wait);
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
                tools.reports().heartbeat(wait, waits::remove);
            }
        }
        if (!waits.isEmpty() && !now.isBefore(nextLook) && looking.compareAndSet(false, true)) {
            looks.execute(this::look);
        }
    }

    /** Gives every wait to whichever worker comes next. */
    void handBackAll() {
        waits.forEach(wait -> tools.reports().handBack(wait, waits::remove));
    }

    int openWaits() {
        return waits.size();
    }

    private void look() {
        try {
            measureLateness();
            Duration pause = lookAtAll() ? interval : longer(Backoff.after(++failuresInARow), interval);
            nextLook = now().plus(pause);
        } finally {
            looking.set(false);
        }
    }

    private void measureLateness() {
        Duration late = Duration.between(nextLook, now());
        if (late.compareTo(interval) > 0) {
            tools.counters().lookLate(name, late);
        }
    }

    private boolean lookAtAll() {
        Map<String, List<OpenWait<W>>> byId = new LinkedHashMap<>();
        waits.forEach(
                wait -> byId.computeIfAbsent(wait.id(), id -> new ArrayList<>()).add(wait));
        List<String> ids = List.copyOf(byId.keySet());
        boolean answered = true;
        for (int from = 0; from < ids.size(); from += watch.idsPerLook()) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + watch.idsPerLook()));
            List<OpenWait<W>> waiting =
                    batch.stream().flatMap(id -> byId.get(id).stream()).toList();
            answered &= lookAt(new LinkedHashSet<>(batch), waiting);
        }
        if (answered) {
            failuresInARow = 0;
        }
        return answered;
    }

    private boolean lookAt(Set<String> ids, List<OpenWait<W>> waiting) {
        try {
            Map<String, S> seen = watch.look(ids);
            waiting.forEach(wait -> settle(wait, Optional.ofNullable(seen.get(wait.id()))));
            return true;
        } catch (ApplicationFailure refused) {
            tools.counters().lookFailed(name, refused.getType());
            for (OpenWait<W> wait : waiting) {
                if (refused.isNonRetryable()) {
                    tools.reports().failed(wait, refused, waits::remove);
                } else {
                    wait.lookFailed(refused.getOriginalMessage());
                }
            }
        } catch (RuntimeException bug) { // must not end the looks of every bake; the waits end at their own limits
            tools.counters().lookFailed(name, bug.getClass().getSimpleName());
            log.error("A look-up failed in an unforeseen way; it is tried again kind={}", name, bug);
        }
        return false;
    }

    private void settle(OpenWait<W> wait, Optional<S> seen) {
        Sighting<R> sighting = watch.read(wait.waiting(now(), seen), seen);
        if (sighting.state().isPresent()) {
            wait.sighted(sighting.state().get(), seen);
            alertIfOverdue(wait);
        } else if (sighting.failure().isPresent()) {
            tools.reports().failed(wait, sighting.failure().get(), waits::remove);
        } else {
            tools.reports().arrived(wait, sighting.result(), waits::remove);
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
    record WatchTools(Clock clock, Reports reports, BakeryCounters counters) {}
}
