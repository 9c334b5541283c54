package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;

/** The network interface of an instance; it goes with the instance. */
final class StoredInterface extends Ec2Resource {
    private final StoredInstance instance;

    StoredInterface(String id, Place place, Instant now, Origin origin, StoredInstance instance) {
        super(id, place, now, now, origin);
        this.instance = instance;
    }

    @Override
    ResourceKind kind() {
        return ResourceKind.NETWORK_INTERFACE;
    }

    @Override
    String type() {
        return "network-interface";
    }

    @Override
    String stateAt(Instant now) {
        return isGoneAt(now) ? "deleted" : "in-use";
    }

    @Override
    boolean existsAt(Instant now) {
        return !isGoneAt(now);
    }

    @Override
    boolean isGoneAt(Instant now) {
        return instance.isGoneAt(now);
    }

    @Override
    Optional<Instant> endedAt() {
        return instance.timeline().entering("terminated");
    }

    @Override
    String madeFrom() {
        return instance.id();
    }

    StoredInstance instance() {
        return instance;
    }
}
