package org.amibakery.bake.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers for a while what was found out, so that bakes that begin at about the same time find it out once. A failure is
 * not remembered. Thread-safe: whoever asks for what is being found out waits for it.
 */
final class Remembered<K, V> {
    private record Found<V>(CompletableFuture<V> value, Instant until) {}

    private final Duration age;
    private final Clock clock;
    private final Map<K, Found<V>> known = new ConcurrentHashMap<>();

    /** @param age after which it is found out anew */
    Remembered(Duration age, Clock clock) {
        this.age = age;
        this.clock = clock;
    }

    /**
     * What is known of it, else what is found out now.
     *
     * @throws RuntimeException whatever finding out threw, for all who waited for it
     */
    V get(K key, Supplier<V> findOut) {
        Instant now = clock.instant();
        known.values().removeIf(found -> !found.until().isAfter(now));
        Found<V> asked = new Found<>(new CompletableFuture<>(), now.plus(age));
        Found<V> before = known.putIfAbsent(key, asked);
        if (before != null) {
            return valueOf(before);
        }
        try {
            asked.value().complete(findOut.get());
        } catch (RuntimeException | Error failure) {
            known.remove(key, asked);
            asked.value().completeExceptionally(failure);
        }
        return valueOf(asked);
    }

    private static <V> V valueOf(Found<V> found) {
        try {
            return found.value().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw failed;
        }
    }
}
