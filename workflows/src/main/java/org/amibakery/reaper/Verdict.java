package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

/**
 * One resource, and the reason for what becomes of it.
 *
 * @param bake the workflow id of the bake that made it
 * @param reason a sentence's end, such as {@code expired at …}
 */
public record Verdict(Resource resource, String bake, String reason) {
    public Verdict {
        requireNonNull(resource, "resource");
        bake = bake == null ? "" : bake;
        reason = reason == null ? "" : reason;
    }

    /** The same resource, and another reason. */
    public Verdict because(String other) {
        return new Verdict(resource, bake, other);
    }
}
