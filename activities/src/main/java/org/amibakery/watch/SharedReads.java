package org.amibakery.watch;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Gathers what several activities read at about the same time into one call. Every answer is at least as new as its
 * question: what is asked while a call is under way goes into the next one. Whoever asks first makes the call on its own thread,
 * at once if there is no crowd, and a second after the one before if there is a large one. Thread-safe.
 *
 * @param <K> names what is read
 * @param <V> what is read of one
 */
public final class SharedReads<K, V> {
    /** Somebody waits for the answer. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Crowd crowd;
    private final int mostKeys;
    private final Function<Set<K>, Map<K, V>> call;
    private final AtomicInteger readers = new AtomicInteger();
    private long notBefore = System.nanoTime();
    private Gathering<K, V> open;

    /**
     * Gathers reads of one kind in one place.
     *
     * @param mostKeys so many fit into one call
     * @param call reads all of them; what is absent from its answer was not seen
     */
    public SharedReads(Crowd crowd, int mostKeys, Function<Set<K>, Map<K, V>> call) {
        this.crowd = crowd;
        this.mostKeys = mostKeys;
        this.call = call;
    }

    /**
     * Reads these, not more than fit into one call, and waits for the answer.
     *
     * @throws RuntimeException whatever the call threw, for everyone whose keys it had
     */
    public Map<K, V> read(Set<K> keys) {
        readers.incrementAndGet();
        try {
            return read(keys, join(keys));
        } finally {
            readers.decrementAndGet();
        }
    }

    private Map<K, V> read(Set<K> keys, Gathering<K, V> joined) {
        if (joined.led.compareAndSet(false, true)) {
            lead(joined);
        }
        return answer(joined).entrySet().stream()
                .filter(seen -> keys.contains(seen.getKey()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private synchronized Gathering<K, V> join(Set<K> keys) {
        if (open == null || !open.takes(keys, mostKeys)) {
            open = new Gathering<>();
        }
        open.keys.addAll(keys);
        return open;
    }

    private void lead(Gathering<K, V> gathering) {
        try {
            holdBack();
            gathering.answer.complete(call.apply(closed(gathering)));
        } catch (RuntimeException | Error failure) {
            closed(gathering);
            gathering.answer.completeExceptionally(failure);
        }
    }

    private void holdBack() {
        try {
            Thread.sleep(Duration.ofNanos(turn()).toMillis());
        } catch (InterruptedException interrupted) { // the worker ends: the call fails, and is made again elsewhere
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the next turn for a call, and answers how long it is away; not by the clock, which may be set. */
    private synchronized long turn() {
        long now = System.nanoTime();
        long begin = now - notBefore >= 0 ? now : notBefore;
        notBefore = begin + crowd.pause(LONGEST, readers.get()).toNanos();
        return begin - now;
    }

    private synchronized Set<K> closed(Gathering<K, V> gathering) {
        if (open == gathering) {
            open = null;
        }
        return Set.copyOf(gathering.keys);
    }

    private static <K, V> Map<K, V> answer(Gathering<K, V> gathering) {
        try {
            return gathering.answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw failed;
        }
    }

    /** What goes into one call, and what it answers. */
    private static final class Gathering<K, V> {
        final Set<K> keys = new LinkedHashSet<>();
        final AtomicBoolean led = new AtomicBoolean();
        final CompletableFuture<Map<K, V>> answer = new CompletableFuture<>();

        boolean takes(Set<K> more, int most) {
            long added = more.stream().filter(key -> !keys.contains(key)).count();
            return keys.size() + added <= most;
        }
    }
}
