package org.amibakery.simulator.ssm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.amibakery.simulator.world.ImageCatalog;
import org.amibakery.simulator.world.ParameterStore;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Keeps the parameters of one place. Values of data type aws:ec2:image are validated later: until then the old value
 * stands, and a value that names no launchable image is dropped (PutParameter, DataType). Safe for use by several
 * threads; never calls EC2 with its own lock held.
 */
final class Parameters implements ParameterStore {
    private final Place place;
    private final SimulatorClock clock;
    private final ImageCatalog images;
    private final Duration validation;
    private final NavigableMap<String, NavigableMap<Long, StoredParameter>> versions = new TreeMap<>();
    private final List<StoredParameter> awaitingValidation = new ArrayList<>();
    private final Map<String, Long> lastVersions = new HashMap<>();

    Parameters(Place place, SimulatorClock clock, ImageCatalog images, Duration validation) {
        this.place = place;
        this.clock = clock;
        this.images = images;
        this.validation = validation;
    }

    @Override
    public Optional<String> value(String name) {
        return latest(name).map(StoredParameter::value);
    }

    @Override
    public List<String> arnsOf(String imageId) {
        return all().stream()
                .filter(parameter -> parameter.dataType().equals(StoredParameter.IMAGE))
                .filter(parameter -> parameter.value().equals(imageId))
                .map(parameter -> arn(parameter.name()))
                .toList();
    }

    /** Stores a text without checks. */
    void seed(String name, String value) {
        put(new StoredParameter(
                name,
                ParameterType.STRING,
                value,
                StoredParameter.TEXT,
                ParameterTier.STANDARD,
                nextVersion(name),
                clock.now()));
    }

    /** Stores a version, at once or after its validation. */
    synchronized void put(StoredParameter parameter) {
        lastVersions.put(parameter.name(), parameter.version());
        if (parameter.dataType().equals(StoredParameter.IMAGE)) {
            awaitingValidation.add(parameter);
        } else {
            write(parameter);
        }
    }

    synchronized long nextVersion(String name) {
        return lastVersions.getOrDefault(name, 0L) + 1;
    }

    Optional<StoredParameter> latest(String name) {
        settle();
        synchronized (this) {
            return Optional.ofNullable(versions.get(name))
                    .map(all -> all.lastEntry().getValue());
        }
    }

    Optional<StoredParameter> version(String name, long version) {
        settle();
        synchronized (this) {
            return Optional.ofNullable(versions.get(name)).map(all -> all.get(version));
        }
    }

    /** Lists the present versions by name. */
    List<StoredParameter> all() {
        settle();
        synchronized (this) {
            return versions.values().stream()
                    .map(all -> all.lastEntry().getValue())
                    .toList();
        }
    }

    /** Forgets a parameter with all its versions; answers whether it was there. */
    boolean delete(String name) {
        settle();
        synchronized (this) {
            awaitingValidation.removeIf(parameter -> parameter.name().equals(name));
            lastVersions.remove(name);
            return versions.remove(name) != null;
        }
    }

    String arn(String name) {
        return "arn:aws:ssm:" + place.region() + ":" + place.account() + ":parameter"
                + (name.startsWith("/") ? "" : "/") + name;
    }

    Place place() {
        return place;
    }

    private void settle() {
        for (StoredParameter due : takeDue()) {
            if (images.isLaunchable(due.value())) {
                synchronized (this) {
                    write(due);
                }
            }
        }
    }

    private synchronized List<StoredParameter> takeDue() {
        Instant now = clock.now();
        List<StoredParameter> due = awaitingValidation.stream()
                .filter(parameter ->
                        !parameter.modifiedAt().plus(clock.scaled(validation)).isAfter(now))
                .toList();
        awaitingValidation.removeAll(due);
        return due;
    }

    private void write(StoredParameter parameter) {
        versions.computeIfAbsent(parameter.name(), unused -> new TreeMap<>()).put(parameter.version(), parameter);
    }
}
