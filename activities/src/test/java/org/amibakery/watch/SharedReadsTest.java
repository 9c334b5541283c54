package org.amibakery.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
    private final Crowd crowd = new Crowd();
    private final List<Set<String>> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService bakes = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        bakes.shutdownNow();
    }

    @Test
    void reads_at_once_where_nobody_waits() {
        SharedReads<String, Integer> reads = reads(crowd, 200);

        assertThat(reads.read(Set.of("one"))).containsExactly(Map.entry("one", 3));
        assertThat(reads.read(Set.of("three"))).containsExactly(Map.entry("three", 5));

        assertThat(calls).containsExactly(Set.of("one"), Set.of("three"));
    }

    @Test
    void what_a_crowd_asks_while_a_call_is_held_back_goes_into_it_and_each_gets_its_own() {
        SharedReads<String, Integer> reads = reads(Crowds.of(100), 200);
        reads.read(Set.of("the first is not held back"));

        List<CompletableFuture<Map<String, Integer>>> answers = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            String key = "bake " + number;
            answers.add(CompletableFuture.supplyAsync(() -> reads.read(Set.of(key)), bakes));
        }

        for (int number = 0; number < 20; number++) {
            assertThat(answers.get(number).join()).containsOnlyKeys("bake " + number);
        }
        assertThat(calls).hasSizeLessThan(20);
        assertThat(calls.stream().mapToInt(Set::size).sum()).isEqualTo(21);
    }

    @Test
    void what_is_asked_while_a_call_is_under_way_is_answered_by_the_next_one() {
        CountDownLatch answer = new CountDownLatch(1);
        SharedReads<String, Integer> reads = new SharedReads<>(crowd, 200, keys -> {
            calls.add(keys);
            await().until(() -> answer.getCount() == 0 || calls.size() > 1);
            return lengths(keys);
        });
        CompletableFuture<?> early = CompletableFuture.supplyAsync(() -> reads.read(Set.of("early")), bakes);
        await().until(() -> calls.size() == 1);

        assertThat(reads.read(Set.of("early"))).containsKey("early");
        answer.countDown();
        early.join();

        assertThat(calls).containsExactly(Set.of("early"), Set.of("early"));
    }

    @Test
    void no_call_gets_more_keys_than_it_takes() {
        SharedReads<String, Integer> reads = reads(Crowds.of(100), 3);

        List<CompletableFuture<?>> answers = IntStream.range(0, 4)
                .<CompletableFuture<?>>mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> reads.read(Set.of("image " + number, "snapshot " + number)), bakes))
                .toList();
        answers.forEach(CompletableFuture::join);

        assertThat(calls).allSatisfy(keys -> assertThat(keys).hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void everyone_hears_why_a_call_failed_and_the_next_one_is_made_anew() {
        SharedReads<String, Integer> reads = new SharedReads<>(crowd, 200, this::failOnce);

        assertThatThrownBy(() -> reads.read(Set.of("one"))).isInstanceOf(IllegalStateException.class);
        assertThat(reads.read(Set.of("one"))).containsKey("one");
    }

    private SharedReads<String, Integer> reads(Crowd asking, int mostKeys) {
        return new SharedReads<>(asking, mostKeys, keys -> {
            calls.add(keys);
            return lengths(keys);
        });
    }

    private Map<String, Integer> failOnce(Set<String> keys) {
        calls.add(keys);
        if (calls.size() == 1) {
            throw new IllegalStateException("throttled");
        }
        return lengths(keys);
    }

    private static Map<String, Integer> lengths(Set<String> keys) {
        return keys.stream().collect(Collectors.toMap(key -> key, String::length));
    }
}
