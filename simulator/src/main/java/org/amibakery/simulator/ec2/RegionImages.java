package org.amibakery.simulator.ec2;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All images and snapshots of one region, of every owner. */
final class RegionImages {
    private final Map<String, StoredImage> images = new LinkedHashMap<>();
    private final Map<String, StoredSnapshot> snapshots = new LinkedHashMap<>();

    void add(StoredImage image) {
        images.put(image.id(), image);
    }

    void add(StoredSnapshot snapshot) {
        snapshots.put(snapshot.id(), snapshot);
    }

    Collection<StoredImage> images() {
        return images.values();
    }

    Collection<StoredSnapshot> snapshots() {
        return snapshots.values();
    }

    Optional<StoredImage> image(String id) {
        return Optional.ofNullable(images.get(id));
    }

    Optional<StoredSnapshot> snapshot(String id) {
        return Optional.ofNullable(snapshots.get(id));
    }
}
