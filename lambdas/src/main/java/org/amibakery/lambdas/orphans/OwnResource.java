package org.amibakery.lambdas.orphans;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something in a region that carries this stack's tag and that of a bake.
 *
 * @param kind what it is
 * @param region for example {@code eu-west-1}
 * @param id for example {@code i-0123456789abcdef0}
 * @param state as EC2 spells it, for example {@code running}
 * @param marks what its tags say
 * @param createdAt when it was made; EC2 does not tell for network interfaces
 * @param users what would suffer if it went: of an image that is not good, the instances that run it; of such a snapshot,
 *     the images made of it, whoever's they are
 */
public record OwnResource(
        ResourceKind kind,
        String region,
        String id,
        String state,
        BakeMarks marks,
        Optional<Instant> createdAt,
        List<String> users) {
    public OwnResource {
        createdAt = createdAt == null ? Optional.empty() : createdAt;
        users = users == null ? List.of() : List.copyOf(users);
    }

    /** The bake that made it. */
    public BakeRun bake() {
        return marks.bake();
    }

    OwnResource usedBy(List<String> ids) {
        return new OwnResource(kind, region, id, state, marks, createdAt, ids);
    }
}
