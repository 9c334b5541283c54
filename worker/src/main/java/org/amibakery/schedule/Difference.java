package org.amibakery.schedule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of one value that differs.
 *
 * @param path where it stands, such as {@code cutoff} or {@code recipes.web.deadline}
 * @param before absent when it is new
 * @param after absent when it is gone
 */
public record Difference(String path, Optional<String> before, Optional<String> after) {
    /** Lists what differs, in the order of the later one, then what is gone. */
    static List<Difference> between(Map<String, String> before, Map<String, String> after) {
        Set<String> paths = new LinkedHashSet<>(after.keySet());
        paths.addAll(before.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            Optional<String> then = Optional.ofNullable(before.get(path));
            Optional<String> now = Optional.ofNullable(after.get(path));
            if (!then.equals(now)) {
                differences.add(new Difference(path, then, now));
            }
        }
        return differences;
    }
}
