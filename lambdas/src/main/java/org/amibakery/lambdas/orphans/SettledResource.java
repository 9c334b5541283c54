package org.amibakery.lambdas.orphans;

/**
 * A resource that is gone, or stays.
 *
 * @param kind what it is
 * @param region where it is
 * @param id for example {@code i-0123456789abcdef0}
 * @param bake the workflow id of the bake that made it
 * @param reason why it went or stays, as a sentence's end: "expired at …"
 */
public record SettledResource(ResourceKind kind, String region, String id, String bake, String reason) {
    static SettledResource of(OwnResource resource, String reason) {
        return new SettledResource(
                resource.kind(),
                resource.region(),
                resource.id(),
                resource.bake().workflowId(),
                reason);
    }
}
