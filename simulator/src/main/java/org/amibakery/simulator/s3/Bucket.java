package org.amibakery.simulator.s3;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;

/** Keeps the versions of the objects of one bucket, newest first per key. Safe for use by several threads. */
final class Bucket {
    private final String name;
    private final Place place;
    private final Instant createdAt;
    private final SimulatorClock clock;
    private final Supplier<String> versionIds;
    private final TreeMap<String, Deque<StoredVersion>> versions = new TreeMap<>();
    private Versioning versioning = Versioning.NEVER_ENABLED;

    Bucket(Name name, SimulatorClock clock, Supplier<String> versionIds) {
        this.name = name.bucket();
        this.place = name.place();
        this.clock = clock;
        this.versionIds = versionIds;
        this.createdAt = clock.now();
    }

    /** Says whose bucket it is and where it stands. */
    record Name(String bucket, Place place) {}

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    Instant createdAt() {
        return createdAt;
    }

    synchronized Versioning versioning() {
        return versioning;
    }

    synchronized void version(Versioning wanted) {
        versioning = wanted;
    }

    /** Stores an object as the newest version of its key; without versioning it replaces the one before. */
    synchronized StoredVersion put(String key, ObjectContent content) {
        return add(key, Optional.of(content));
    }

    synchronized Optional<StoredVersion> newest(String key) {
        return Optional.ofNullable(versions.get(key)).map(Deque::peekFirst);
    }

    synchronized Optional<StoredVersion> version(String key, String versionId) {
        return all(key).stream().filter(version -> version.hasId(versionId)).findFirst();
    }

    /** Answers all versions in the order of ListObjectVersions: by key, newest first. */
    synchronized List<StoredVersion> allVersions() {
        return versions.values().stream().flatMap(Deque::stream).toList();
    }

    /** Answers the newest versions by key, delete markers left out, as ListObjectsV2 shows them. */
    synchronized List<StoredVersion> objects() {
        return versions.values().stream()
                .map(Deque::peekFirst)
                .filter(version -> !version.isDeleteMarker())
                .toList();
    }

    synchronized boolean isEmpty() {
        return versions.isEmpty();
    }

    /** Deletes without a version id: leaves a marker where versions are kept, and removes the object elsewhere. */
    synchronized Optional<StoredVersion> delete(String key) {
        if (versioning == Versioning.NEVER_ENABLED) {
            versions.remove(key);
            return Optional.empty();
        }
        return Optional.of(add(key, Optional.empty()));
    }

    /** Removes one version for good; answers what was removed, if it was there. */
    synchronized Optional<StoredVersion> deleteVersion(String key, String versionId) {
        Optional<StoredVersion> found = version(key, versionId);
        found.ifPresent(version -> {
            Deque<StoredVersion> remaining = versions.get(key);
            remaining.remove(version);
            if (remaining.isEmpty()) {
                versions.remove(key);
            }
        });
        return found;
    }

    private StoredVersion add(String key, Optional<ObjectContent> content) {
        String id = versioning == Versioning.ENABLED ? versionIds.get() : StoredVersion.NULL_VERSION;
        if (versioning != Versioning.ENABLED) {
            deleteVersion(key, StoredVersion.NULL_VERSION);
        }
        StoredVersion version = new StoredVersion(key, id, clock.now(), content);
        versions.computeIfAbsent(key, unused -> new ArrayDeque<>()).addFirst(version);
        return version;
    }

    private List<StoredVersion> all(String key) {
        return new ArrayList<>(versions.getOrDefault(key, new ArrayDeque<>()));
    }
}
