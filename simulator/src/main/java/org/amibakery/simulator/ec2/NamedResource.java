package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.simulator.world.Place;

/** What resources without states have: a name of their own, and a deletion that takes effect at once. */
abstract class NamedResource extends Ec2Resource {
    private final String name;
    private Optional<Instant> deletedAt = Optional.empty();

    NamedResource(String id, Place place, Instant now, Origin origin, String name) {
        super(id, place, now, now, origin);
        this.name = name;
    }

    @Override
    final String name() {
        return name;
    }

    @Override
    final String stateAt(Instant now) {
        return isGoneAt(now) ? "deleted" : "exists";
    }

    @Override
    final boolean existsAt(Instant now) {
        return deletedAt.isEmpty();
    }

    @Override
    final boolean isGoneAt(Instant now) {
        return deletedAt.isPresent();
    }

    @Override
    final Optional<Instant> endedAt() {
        return deletedAt;
    }

    @Override
    final String madeFrom() {
        return "";
    }

    final void delete(Instant now) {
        deletedAt = Optional.of(now);
    }
}
