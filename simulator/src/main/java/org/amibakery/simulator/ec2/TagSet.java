package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The tags of one resource; look-ups see a change only after a while (cluster-api-provider-aws#6131). */
final class TagSet {
    private record Stored(String value, Instant visibleFrom, Optional<String> before) {
        Optional<String> at(Instant now) {
            return now.isBefore(visibleFrom) ? before : Optional.of(value);
        }
    }

    private final Map<String, Stored> tags = new LinkedHashMap<>();

    void put(Map<String, String> more, Instant now, Instant visibleFrom) {
        Map<String, String> settled = settled();
        more.forEach((key, value) -> {
            if (value.equals(settled.get(key))) {
                return; // to set a tag to what it is changes nothing, not even when it is seen
            }
            Optional<String> before = Optional.ofNullable(tags.get(key)).flatMap(stored -> stored.at(now));
            tags.put(key, new Stored(value, visibleFrom, before));
        });
    }

    void remove(String key) {
        tags.remove(key);
    }

    void clear() {
        tags.clear();
    }

    /** Lists the tags as they were set, without lag. */
    Map<String, String> settled() {
        Map<String, String> all = new LinkedHashMap<>();
        tags.forEach((key, stored) -> all.put(key, stored.value()));
        return all;
    }

    /** Lists the tags as look-ups see them. */
    Map<String, String> at(Instant now) {
        Map<String, String> seen = new LinkedHashMap<>();
        tags.forEach((key, stored) -> stored.at(now).ifPresent(value -> seen.put(key, value)));
        return seen;
    }

    List<Tag> modelAt(Instant now) {
        return at(now).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
