package org.amibakery.recipe;

import java.time.Duration;
import java.util.Optional;

/**
 * Says which old images of a family go: those older than a limit, but never one of the newest. They are deleted at once,
 * unless they are to be deprecated or disabled for a while first.
 *
 * @param keepAtLeast how many of the newest good images stay whatever their age; at least 1
 * @param deprecateFor for how long an image that is to go is deprecated first; absent means not at all
 * @param disableFor for how long it is disabled before it is deleted; absent means not at all
 */
public record RetentionPolicy(
        Duration olderThan, Integer keepAtLeast, Optional<Duration> deprecateFor, Optional<Duration> disableFor) {
    /** Keeps 30 days and never fewer than three images, and deletes the others at once. */
    public static final RetentionPolicy DEFAULT = new RetentionPolicy(Duration.ofDays(30), 3);

    public RetentionPolicy {
        olderThan = olderThan == null ? Duration.ofDays(30) : olderThan;
        keepAtLeast = keepAtLeast == null ? Integer.valueOf(3) : keepAtLeast;
        deprecateFor = deprecateFor == null ? Optional.empty() : deprecateFor;
        disableFor = disableFor == null ? Optional.empty() : disableFor;
    }

    /** Deletes old images without a step before. */
    public RetentionPolicy(Duration olderThan, Integer keepAtLeast) {
        this(olderThan, keepAtLeast, Optional.empty(), Optional.empty());
    }
}
