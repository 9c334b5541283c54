package org.amibakery.change.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what a tag says of playbooks or documents, entries such as {@code base.zip@0123:abcd}, with what it would say
 * now. The values as a whole decide; the entries only give the words.
 *
 * @param noun what an entry is, such as {@code playbook}
 */
record Origins(String noun, String now) {
    private static final String UNKNOWN_VERSION = "?";

    /** Why they differ, in words; nothing if they are the same and known. */
    List<String> differencesFrom(String before) {
        Map<String, String> entriesNow = entries(now);
        List<String> differences = new ArrayList<>();
        Map<String, String> entriesBefore = entries(before);
        entriesNow.forEach((name, origin) -> {
            Optional<String> then = Optional.ofNullable(entriesBefore.get(name));
            if (version(origin).equals(UNKNOWN_VERSION)) {
                differences.add("the version of %s %s could not be read".formatted(noun, name));
            } else if (then.isEmpty()) {
                differences.add("%s %s was not used before".formatted(noun, name));
            } else if (!then.get().equals(origin)) {
                differences.add(
                        "%s %s has version %s (was %s)".formatted(noun, name, version(origin), version(then.get())));
            }
        });
        if (differences.isEmpty() && !now.equals(before)) {
            differences.add("the %ss changed".formatted(noun));
        }
        return differences;
    }

    private static Map<String, String> entries(String tag) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String entry : tag.split(" ", -1)) {
            int at = entry.lastIndexOf('@');
            if (at > 0) {
                entries.put(entry.substring(0, at), entry.substring(at + 1));
            }
        }
        return entries;
    }

    private static String version(String origin) {
        int colon = origin.indexOf(':');
        return colon < 0 ? origin : origin.substring(0, colon);
    }
}
