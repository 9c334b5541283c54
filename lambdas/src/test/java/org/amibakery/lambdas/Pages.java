package org.amibakery.lambdas;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Cuts answers into tiny shuffled pages, the first of them empty, as EC2 is free to do. */
final class Pages {
    private static final int SMALLEST = 2;
    private static final int MOST_PAGES = 8;

    private final long seed;

    Pages(long seed) {
        this.seed = seed;
    }

    record Page<T>(List<T> items, String nextToken) {}

    <T> Page<T> page(List<T> all, String token) {
        if (token == null) {
            return new Page<>(List.of(), all.isEmpty() ? null : "0");
        }
        List<T> shuffled = all.stream()
                .sorted(Comparator.comparing(item -> Objects.hash(item, seed)))
                .toList();
        int start = Integer.parseInt(token);
        int end = Math.min(start + Math.max(SMALLEST, shuffled.size() / MOST_PAGES), shuffled.size());
        return new Page<>(shuffled.subList(start, end), end < shuffled.size() ? String.valueOf(end) : null);
    }
}
