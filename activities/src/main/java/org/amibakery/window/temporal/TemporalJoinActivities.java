package org.amibakery.window.temporal;

import static java.util.Objects.requireNonNull;

import io.temporal.client.WorkflowClient;
import java.time.Duration;
import org.amibakery.watch.Waits;
import org.amibakery.watch.Watchers;
import org.amibakery.window.JoinActivities;
import org.amibakery.window.JoinBake;
import org.amibakery.window.JoinedBake;

/** Waits for bakes that somebody else started, by asking Temporal from time to time. */
public final class TemporalJoinActivities implements JoinActivities {
    private final Waits<JoinBake, JoinedBake> ends;

    /**
     * Takes the way to the namespace that bakes, and what holds the waits.
     *
     * @param interval how often Temporal is asked while anything waits
     */
    public TemporalJoinActivities(WorkflowClient temporal, Watchers watchers, Duration interval) {
        requireNonNull(temporal, "temporal");
        ends = watchers.waits("joined bake ended", interval, region -> new BakeEndWatch(temporal));
    }

    @Override
    public JoinedBake awaitEnd(JoinBake request) {
        return ends.await(request.region(), request);
    }
}
