package org.amibakery.lambdas;

import java.util.ArrayList;
import java.util.List;

/** Cuts answers into tiny shuffled pages, the first of them empty, as EC2 is free to do. */
final class Pages {
    private static final int SMALLEST = 2;
    private static final int LARGEST = 1_000;

    private final long seed;
    private int most = 8;

    Pages(long seed) {
        this.seed = seed;
    }

    /** Cuts into so many pages at most, unless they would be too large. */
    void most(int pages) {
        most = pages;
    }

    record Page<T>(List<T> items, String nextToken) {}

    <T> Page<T> page(List<T> all, String token) {
        if (token == null) {
            return new Page<>(List.of(), all.isEmpty() ? null : "0");
        }
        int start = Integer.parseInt(token);
        int length = Math.min(Math.max(SMALLEST, all.size() / most), LARGEST);
        int end = Math.min(start + length, all.size());
        int stride = stride(all.size());
        List<T> items = new ArrayList<>();
        for (int place = start; place < end; place++) {
            items.add(all.get((int) Math.floorMod(seed + (long) place * stride, (long) all.size())));
        }
        return new Page<>(items, end < all.size() ? String.valueOf(end) : null);
    }

    /** A step that comes by every place once before it is at its start again. */
    private int stride(int size) {
        int stride = (int) Math.floorMod(seed * 31 + 7, (long) size);
        while (greatestCommonDivisor(stride, size) != 1) {
            stride = stride % size + 1;
        }
        return stride;
    }

    private static int greatestCommonDivisor(int one, int other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
