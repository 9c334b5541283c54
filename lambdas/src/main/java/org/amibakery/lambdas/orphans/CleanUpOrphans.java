package org.amibakery.lambdas.orphans;

import java.time.Clock;
import java.time.Instant;
import org.amibakery.lambdas.RegionalEc2;

/**
 * Removes what is past its expiry in every region, or tells what it would remove; it asks nobody which bakes run.
 *
 * <p>Never goes: what another stack or nobody's bake made, what is not expired or has no expiry, a good image or snapshot,
 * and whatever such a thing still needs. One refusal, or one region out of reach, never stops the rest. May run more than
 * once, also beside itself or the worker's reaper: each run starts from what is there.
 */
public final class CleanUpOrphans {
    private final RegionalEc2 ec2;
    private final Clock clock;

    /** Takes the clients, and the clock by which resources expire and time runs out. */
    public CleanUpOrphans(RegionalEc2 ec2, Clock clock) {
        this.ec2 = ec2;
        this.clock = clock;
    }

    /** Cleans up and reports; at the deadline it ends early, having settled at least one orphan. */
    public CleanUpOrphansReport cleanUp(CleanUpOrphansRequest request, Instant deadline, OrphanListener listener) {
        return new OrphanCleanUp(ec2, request, new OrphanTally(request, listener), clock, deadline).run();
    }
}
