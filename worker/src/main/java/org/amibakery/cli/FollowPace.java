package org.amibakery.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Says how closely bakes are followed.
 *
 * @param every how often each bake is looked at; each look costs the server two small calls
 * @param atMost how long to wait for the end; absent means as long as it takes
 */
public record FollowPace(Duration every, Optional<Duration> atMost) {
    /** Once a second, to the end. */
    public static final FollowPace USUAL = new FollowPace(Duration.ofSeconds(1), Optional.empty());

    /** Four times a second, for bakes of seconds, to the end. */
    public static final FollowPace DEMO = new FollowPace(Duration.ofMillis(250), Optional.empty());

    public FollowPace {
        requireNonNull(every, "every");
        requireNonNull(atMost, "atMost");
    }

    /** The same pace for a limited time. */
    public FollowPace noLongerThan(Duration limit) {
        return new FollowPace(every, Optional.of(limit));
    }
}
