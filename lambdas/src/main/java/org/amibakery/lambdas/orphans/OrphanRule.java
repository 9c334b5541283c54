package org.amibakery.lambdas.orphans;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what nobody needs any more: what is past its expiry, or whose bake has ended without removing it.
 *
 * <p>An image or a snapshot that is tagged good always stays, as it is retention's. An image stays while an instance runs
 * it that is no orphan itself, a snapshot while an image is made of it that stays. What has no readable expiry waits until
 * its bake is known to have ended. Whether the bake runs does not matter once the expiry has passed: a bake ends before it,
 * and one that could not, because Temporal was away, has lost the right to its builder.
 */
public final class OrphanRule {
    private final Instant now;
    private final BakeLives bakes;

    /** Takes the instant by which expiries count, and what is known of the bakes. */
    public OrphanRule(Instant now, BakeLives bakes) {
        this.now = now;
        this.bakes = bakes;
    }

    /** Judges everything that {@link OwnResources} found in one region, in the order of removal. */
    public List<Judgement> judge(List<OwnResource> resources) {
        List<OwnResource> usersFirst = resources.stream()
                .sorted(Comparator.comparing(OwnResource::kind))
                .toList();
        Set<String> orphans = new HashSet<>();
        List<Judgement> judgements = new ArrayList<>();
        for (OwnResource resource : usersFirst) {
            Judgement judgement = judge(resource, orphans);
            if (judgement.isOrphan()) {
                orphans.add(resource.id());
            }
            judgements.add(judgement);
        }
        return List.copyOf(judgements);
    }

    private Judgement judge(OwnResource resource, Set<String> orphans) {
        if (resource.marks().areGood()) {
            return Judgement.kept(resource, "is tagged good, so retention decides about it");
        }
        Judgement byItself = judgeByItself(resource);
        Optional<String> user =
                resource.users().stream().filter(id -> !orphans.contains(id)).findFirst();
        return byItself.isOrphan() && user.isPresent()
                ? Judgement.kept(resource, "is in use by " + user.get() + ", which stays")
                : byItself;
    }

    private Judgement judgeByItself(OwnResource resource) {
        Optional<Instant> expires = resource.marks().expires();
        if (expires.filter(now::isAfter).isPresent()) {
            return Judgement.orphan(resource, "expired at " + expires.get());
        }
        String bake = resource.bake().workflowId();
        return switch (bakes.of(resource.bake())) {
            case ENDED -> Judgement.orphan(resource, "was left by " + bake + ", which has ended");
            case RUNS -> Judgement.kept(resource, "belongs to " + bake + ", which runs");
            case UNKNOWN ->
                Judgement.kept(
                        resource,
                        expires.map(end -> "is not expired before " + end)
                                .orElse("has no readable expiry, so it waits until its bake is known to have ended"));
        };
    }
}
