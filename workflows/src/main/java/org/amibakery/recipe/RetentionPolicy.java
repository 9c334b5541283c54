package org.amibakery.recipe;

import java.time.Duration;

/**
 * Says which old images of a family go: those older than a limit, but never one of the newest.
 *
 * @param keepAtLeast how many of the newest good images stay whatever their age; at least 1
 */
public record RetentionPolicy(Duration olderThan, Integer keepAtLeast) {
    /** Keeps 30 days and never fewer than three images. */
    public static final RetentionPolicy DEFAULT = new RetentionPolicy(Duration.ofDays(30), 3);

    public RetentionPolicy {
        olderThan = olderThan == null ? Duration.ofDays(30) : olderThan;
        keepAtLeast = keepAtLeast == null ? Integer.valueOf(3) : keepAtLeast;
    }
}
