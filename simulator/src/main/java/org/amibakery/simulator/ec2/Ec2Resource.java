package org.amibakery.simulator.ec2;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;

/** What all resources have: an id, tags, a birth, and a while during which the API does not see them yet. */
abstract class Ec2Resource {
    /** Where a resource comes from. A seeded one belonged to the world before the first request. */
    enum Origin {
        SEEDED,
        REQUESTED
    }

    private final String id;
    private final Place place;
    private final Instant createdAt;
    private final Origin origin;
    private final TagSet tags = new TagSet();
    private Instant visibleFrom;

    Ec2Resource(String id, Place place, Instant createdAt, Instant visibleFrom, Origin origin) {
        this.id = requireNonNull(id, "id");
        this.place = requireNonNull(place, "place");
        this.createdAt = requireNonNull(createdAt, "createdAt");
        this.visibleFrom = requireNonNull(visibleFrom, "visibleFrom");
        this.origin = requireNonNull(origin, "origin");
    }

    abstract ResourceKind kind();

    /** Names the type as tag specifications and the resource-type filter do. */
    abstract String type();

    abstract String stateAt(Instant now);

    /** Tells whether the resource can be described at all: made, and not yet forgotten. */
    abstract boolean existsAt(Instant now);

    /** Tells whether nothing is left that costs or harms. */
    abstract boolean isGoneAt(Instant now);

    abstract Optional<Instant> endedAt();

    /** Names what the resource was made from or hangs on; empty when nothing. */
    abstract String madeFrom();

    String name() {
        return tags.settled().getOrDefault("Name", "");
    }

    final String id() {
        return id;
    }

    final Place place() {
        return place;
    }

    final String owner() {
        return place.account();
    }

    final Instant createdAt() {
        return createdAt;
    }

    final boolean isSeeded() {
        return origin == Origin.SEEDED;
    }

    final TagSet tags() {
        return tags;
    }

    final void hideUntil(Instant moment) {
        visibleFrom = moment;
    }

    final boolean isVisibleAt(Instant now) {
        return !now.isBefore(visibleFrom) && existsAt(now);
    }

    final LedgerEntry ledgerEntryAt(Instant now) {
        Optional<Instant> ended = endedAt().filter(end -> !end.isAfter(now));
        return new LedgerEntry(
                kind(),
                id,
                place,
                name(),
                stateAt(now),
                createdAt,
                ended,
                isGoneAt(now),
                madeFrom(),
                tags.settled(),
                isSeeded());
    }
}
