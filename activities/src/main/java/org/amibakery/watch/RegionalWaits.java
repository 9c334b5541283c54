package org.amibakery.watch;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Watcher.WatchTools;

/** Keeps one watcher per region for one kind of wait. */
final class RegionalWaits<W, S, R> implements Waits<W, R> {
    private final Map<Region, Watcher<W, S, R>> watchers = new ConcurrentHashMap<>();
    private final Function<Region, Watcher<W, S, R>> newWatcher;
    private final WatchTools tools;
    private final BooleanSupplier closed;

    RegionalWaits(Function<Region, Watcher<W, S, R>> newWatcher, WatchTools tools, BooleanSupplier closed) {
        this.newWatcher = newWatcher;
        this.tools = tools;
        this.closed = closed;
    }

    Collection<Watcher<W, S, R>> watchers() {
        return watchers.values();
    }

    @Override
    public R await(Region region, W subject) {
        Watcher<W, S, R> watcher = watchers.computeIfAbsent(region, newWatcher);
        ActivityExecutionContext activity = Activity.getExecutionContext();
        OpenWait<W> wait = new OpenWait<>(
                subject,
                watcher.watch().id(subject),
                OpenActivity.of(activity),
                tools.clock().instant());
        tools.reports().stillLooking(wait); // what came before the wait may have taken most of the heartbeat timeout
        if (watcher.isTooEarly(wait)) {
            watcher.putOff(wait);
            return leaveOpen(activity, watcher, wait);
        }
        if (watcher.sharesLooks()) {
            return leaveOpen(activity, watcher, wait);
        }
        Optional<Sighting<R>> first = watcher.keepAlive(wait, () -> firstLook(watcher.watch(), wait));
        Optional<ApplicationFailure> failure = first.flatMap(Sighting::failure);
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (first.isPresent() && first.get().state().isEmpty()) {
            watcher.learn(wait);
            return first.get().result().orElse(null); // nothing for an activity that returns nothing
        }
        watcher.putOff(wait);
        return leaveOpen(activity, watcher, wait);
    }

    private R leaveOpen(ActivityExecutionContext activity, Watcher<W, S, R> watcher, OpenWait<W> wait) {
        if (closed.getAsBoolean()) {
            throw Reports.handedBack(wait.id());
        }
        activity.doNotCompleteOnReturn();
        watcher.register(wait);
        if (closed.getAsBoolean()) { // closed between the two: its hand-back may have missed this wait
            watcher.handBackAll();
        }
        return null; // Temporal ignores it; the watcher completes the activity
    }

    /** Looks once; answers nothing when AWS did not, since a poll fails no wait before its deadline. */
    private Optional<Sighting<R>> firstLook(Watch<W, S, R> watch, OpenWait<W> wait) {
        try {
            Optional<S> seen = Optional.ofNullable(watch.look(Set.of(wait.id())).get(wait.id()));
            Instant now = tools.clock().instant();
            Sighting<R> sighting = watch.read(wait.waiting(now, seen), seen);
            sighting.state().ifPresent(state -> wait.sighted(state, seen, now));
            return Optional.of(sighting);
        } catch (ApplicationFailure refused) {
            if (refused.isNonRetryable()) {
                throw refused;
            }
            wait.lookFailed(refused.getOriginalMessage());
            return Optional.empty();
        }
    }
}
