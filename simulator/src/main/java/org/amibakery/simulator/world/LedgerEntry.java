package org.amibakery.simulator.world;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One resource as the ledger knows it.
 *
 * @param state EC2's state name; for kinds without states "exists" or "deleted"
 * @param name the name of an image, else the Name tag, else empty
 * @param endedAt when its deletion was accepted
 * @param gone whether nothing is left of it: terminated, deregistered or deleted
 * @param origin what it was made from: the image of an instance, the instance of an image, the instance a volume or
 *     network interface hangs on, the image a snapshot belongs to, or empty
 * @param seeded whether it belonged to the world before the first request
 */
public record LedgerEntry(
        ResourceKind kind,
        String id,
        Place place,
        String name,
        String state,
        Instant createdAt,
        Optional<Instant> endedAt,
        boolean gone,
        String origin,
        Map<String, String> tags,
        boolean seeded) {

    boolean wasAliveAt(Instant moment) {
        return !createdAt.isAfter(moment) && endedAt.map(moment::isBefore).orElse(true);
    }
}
