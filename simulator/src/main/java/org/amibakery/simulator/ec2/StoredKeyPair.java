package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;

/** One key pair; the private half is handed out once and not kept. */
final class StoredKeyPair extends Ec2Resource {
    private final String keyName;
    private Optional<Instant> deletedAt = Optional.empty();

    StoredKeyPair(String id, Place place, Instant now, String keyName) {
        super(id, place, now, now, Origin.REQUESTED);
        this.keyName = keyName;
    }

    @Override
    ResourceKind kind() {
        return ResourceKind.KEY_PAIR;
    }

    @Override
    String type() {
        return "key-pair";
    }

    @Override
    String name() {
        return keyName;
    }

    @Override
    String stateAt(Instant now) {
        return isGoneAt(now) ? "deleted" : "exists";
    }

    @Override
    boolean existsAt(Instant now) {
        return deletedAt.isEmpty();
    }

    @Override
    boolean isGoneAt(Instant now) {
        return deletedAt.isPresent();
    }

    @Override
    Optional<Instant> endedAt() {
        return deletedAt;
    }

    @Override
    String madeFrom() {
        return "";
    }

    void delete(Instant now) {
        deletedAt = Optional.of(now);
    }
}
