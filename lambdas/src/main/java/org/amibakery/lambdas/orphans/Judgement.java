package org.amibakery.lambdas.orphans;

/**
 * What the rule says of one resource.
 *
 * @param resource of which it is said
 * @param ruling whether it may go
 * @param reason why, as a sentence's end: "expired at …"
 */
public record Judgement(OwnResource resource, Ruling ruling, String reason) {
    static Judgement orphan(OwnResource resource, String reason) {
        return new Judgement(resource, Ruling.ORPHAN, reason);
    }

    static Judgement kept(OwnResource resource, String reason) {
        return new Judgement(resource, Ruling.KEPT, reason);
    }

    /** Whether the resource may go. */
    public boolean isOrphan() {
        return ruling == Ruling.ORPHAN;
    }
}
