package org.amibakery.builder;

import io.temporal.activity.ActivityInterface;
import org.amibakery.foundation.FoundationImage;

/**
 * Launches and ends builders. Every method may run more than once for one call: launches are keyed by their
 * token, the rest is repeatable by nature.
 *
 * <p>Failures carry an {@link org.amibakery.failure.Refusal} as detail.
 */
@ActivityInterface(namePrefix = "Builder.")
public interface BuilderActivities {
    /** Launches a builder from a {@link FoundationImage}, or answers with the one this token launched before. */
    InstanceId launch(LaunchBuilder request);

    /** Waits until the builder runs. Fails when it dies before. */
    RunningBuilder awaitRunning(BuilderRef builder);

    /** Finds what a launch made whose outcome is unknown; looks for minutes before it answers "nothing". */
    FoundBuilder find(FindBuilder request);

    /** Stops the builder and waits until it is stopped, so that its volume is consistent. */
    void stop(BuilderRef builder);

    /** Asks EC2 to terminate the builder. */
    void terminate(BuilderRef builder);

    /** Waits until the builder was seen terminated and none of its volumes is left. */
    void awaitGone(BuilderRef builder);
}
