package org.amibakery.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.simulator.world.Machines;
import org.amibakery.simulator.world.ParameterStore;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;

/** What one account has in one region, and what its operations share. Everything here is guarded by the lock. */
final class Ec2Place {
    private final Surroundings surroundings;
    private final Place place;
    private final Ids ids;
    private final Pages pages;
    private final Subnets subnets;
    private final Behaviour behaviour = new Behaviour();
    private final Map<String, StoredInstance> instances = new LinkedHashMap<>();
    private final Map<String, StoredVolume> volumes = new LinkedHashMap<>();
    private final Map<String, StoredInterface> interfaces = new LinkedHashMap<>();
    private final Map<String, StoredGroup> groups = new LinkedHashMap<>();
    private final Map<String, StoredKeyPair> keyPairs = new LinkedHashMap<>();
    private final Map<String, StoredTemplate> templates = new LinkedHashMap<>();
    private final List<Consumer<String>> terminationListeners = new CopyOnWriteArrayList<>();
    private ParameterStore parameters = ParameterStore.empty();

    /** What all places of one simulator share. */
    record Surroundings(
            Object lock,
            SimulatorClock clock,
            Timings timings,
            long seed,
            Ledger ledger,
            Machines machines,
            Function<String, RegionImages> regions) {}

    Ec2Place(Surroundings surroundings, Place place) {
        this.surroundings = surroundings;
        this.place = place;
        this.ids = new Ids(surroundings.seed(), place);
        this.pages = new Pages(surroundings.seed());
        this.subnets = new Subnets(ids, place.region());
    }

    Instant now() {
        return surroundings.clock().now();
    }

    /** Tells the instant at which something begun now is over, at the simulator's speed. */
    Instant after(Duration onAws) {
        return now().plus(surroundings.clock().scaled(onAws));
    }

    Instant visibleFrom() {
        return after(timings().visibility());
    }

    Machines machines() {
        return surroundings.machines();
    }

    /**
     * Does something under the lock once a machine has done what it was asked, at once where none is. It counts from the
     * instant that is handed on, which is not before AWS would be ready; with it comes what made the machine fail.
     */
    void whenDone(CompletionStage<Void> machine, Instant earliest, BiConsumer<Instant, Optional<Throwable>> then) {
        machine.whenComplete((nothing, failure) -> {
            synchronized (lock()) {
                Instant now = now();
                then.accept(now.isAfter(earliest) ? now : earliest, Optional.ofNullable(failure));
            }
        });
    }

    void tag(Ec2Resource resource, Map<String, String> tags) {
        resource.tags().put(tags, now(), after(behaviour.tagLag(timings().tags())));
    }

    /** Makes a new resource known to the ledger. */
    <R extends Ec2Resource> R track(R resource) {
        surroundings.ledger().track(() -> {
            synchronized (lock()) {
                return resource.ledgerEntryAt(now());
            }
        });
        return resource;
    }

    /** Lists everything taggable, whether or not it can be seen now. */
    Stream<Ec2Resource> resources() {
        return Stream.of(
                        instances.values(),
                        volumes.values(),
                        interfaces.values(),
                        groups.values(),
                        keyPairs.values(),
                        templates.values(),
                        ownImages(),
                        ownSnapshots())
                .flatMap(kind -> kind.stream());
    }

    private List<StoredImage> ownImages() {
        return images().images().stream()
                .filter(image -> image.owner().equals(account()))
                .toList();
    }

    private List<StoredSnapshot> ownSnapshots() {
        return images().snapshots().stream()
                .filter(snapshot -> snapshot.owner().equals(account()))
                .toList();
    }

    Optional<Ec2Resource> resource(String id) {
        return resources().filter(resource -> resource.id().equals(id)).findFirst();
    }

    List<StoredVolume> volumesOf(String instanceId) {
        return volumes.values().stream()
                .filter(volume -> volume.madeFrom().equals(instanceId))
                .toList();
    }

    Object lock() {
        return surroundings.lock();
    }

    Timings timings() {
        return surroundings.timings();
    }

    Duration scaled(Duration onAws) {
        return surroundings.clock().scaled(onAws);
    }

    Place place() {
        return place;
    }

    String account() {
        return place.account();
    }

    String region() {
        return place.region();
    }

    Ids ids() {
        return ids;
    }

    Pages pages() {
        return pages;
    }

    Subnets subnets() {
        return subnets;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    RegionImages images() {
        return imagesIn(place.region());
    }

    RegionImages imagesIn(String region) {
        return surroundings.regions().apply(region);
    }

    Map<String, StoredInstance> instances() {
        return instances;
    }

    Map<String, StoredVolume> volumes() {
        return volumes;
    }

    Map<String, StoredInterface> interfaces() {
        return interfaces;
    }

    Map<String, StoredGroup> groups() {
        return groups;
    }

    Map<String, StoredKeyPair> keyPairs() {
        return keyPairs;
    }

    Map<String, StoredTemplate> templates() {
        return templates;
    }

    List<Consumer<String>> terminationListeners() {
        return terminationListeners;
    }

    ParameterStore parameters() {
        return parameters;
    }

    void connect(ParameterStore newParameters) {
        parameters = newParameters;
    }
}
