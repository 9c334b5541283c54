package org.amibakery.lambdas.cleanup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what uses each of some images while one check after the other is made. */
final class UsesFound {
    private final Map<String, List<String>> users = new LinkedHashMap<>();
    private final Map<String, String> unchecked = new HashMap<>();

    UsesFound(List<String> imageIds) {
        imageIds.forEach(id -> users.put(id, new ArrayList<>()));
    }

    /** Notes a user, in the words by which it is told. */
    void used(String imageId, String user) {
        users.computeIfAbsent(imageId, any -> new ArrayList<>()).add(user);
    }

    /** Notes a user by its id, unless a check before named it by its ARN. */
    void used(String imageId, String userId, String words) {
        boolean known = users.getOrDefault(imageId, List.of()).stream().anyMatch(user -> user.endsWith("/" + userId));
        if (!known) {
            used(imageId, words);
        }
    }

    /** Notes that a check could not be made; the first reason is told. */
    void unchecked(String imageId, String reason) {
        unchecked.putIfAbsent(imageId, reason);
    }

    Map<String, Uses> all() {
        Map<String, Uses> all = new LinkedHashMap<>();
        users.forEach(
                (imageId, found) -> all.put(imageId, new Uses(found, Optional.ofNullable(unchecked.get(imageId)))));
        return all;
    }
}
