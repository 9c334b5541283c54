package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;

/**
 * The network interface of an instance. It goes with the instance unless the launch said otherwise
 * (InstanceNetworkInterfaceSpecification, DeleteOnTermination); then it stays, available, until somebody deletes it.
 */
final class StoredInterface extends Ec2Resource {
    private final StoredInstance instance;
    private final boolean deleteOnTermination;
    private Optional<Instant> deletedAt = Optional.empty();

    StoredInterface(String id, Place place, Instant now, Origin origin, StoredInstance instance) {
        super(id, place, now, now, origin);
        this.instance = instance;
        this.deleteOnTermination = instance.launch().request().networkInterfaces().stream()
                .allMatch(card -> !Boolean.FALSE.equals(card.deleteOnTermination()));
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
        if (isGoneAt(now)) {
            return "deleted";
        }
        return isAttachedAt(now) ? "in-use" : "available";
    }

    @Override
    boolean existsAt(Instant now) {
        return !isGoneAt(now);
    }

    @Override
    boolean isGoneAt(Instant now) {
        return deletedAt.isPresent() || (deleteOnTermination && !isAttachedAt(now));
    }

    @Override
    Optional<Instant> endedAt() {
        return deleteOnTermination ? instance.timeline().entering("terminated") : deletedAt;
    }

    @Override
    String madeFrom() {
        return instance.id();
    }

    StoredInstance instance() {
        return instance;
    }

    boolean deletesOnTermination() {
        return deleteOnTermination;
    }

    boolean isAttachedAt(Instant now) {
        return !instance.isGoneAt(now);
    }

    void delete(Instant now) {
        deletedAt = Optional.of(now);
    }
}
