package org.amibakery.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds HTTP headers by name, in any letter case. Not thread-safe. */
final class Headers {
    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Headers add(String name, String value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    Headers set(String name, String value) {
        values.remove(name);
        return add(name, value);
    }

    Headers without(String name) {
        Headers fewer = copy();
        fewer.values.remove(name);
        return fewer;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Finds a header's first value. */
    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Lists all headers; names keep the letter case of their first occurrence. */
    Map<String, List<String>> asMap() {
        return values;
    }

    Headers copy() {
        Headers copy = new Headers();
        values.forEach((name, list) -> copy.values.put(name, new ArrayList<>(list)));
        return copy;
    }
}
