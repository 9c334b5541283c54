package org.amibakery.lambdas.cleanup;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.amibakery.lambdas.RegionalEc2;

/**
 * Deletes old images of a family that nothing uses, with their snapshots, or tells which it would delete. Where the request
 * asks for it, an image is deprecated and then disabled for a while first, one step a run, so that whoever misses it can
 * have it back.
 *
 * <p>Never goes: the newest good image, one with fewer than the asked number of good newer ones, one that something uses
 * or of which that cannot be proved, one that is still being baked, one of another stack, family or account or without
 * tags. One image's failure never stops the others. May run more than once: Lambda may run a function twice for one
 * Invoke, and each run starts from what is there.
 */
public final class CleanUpImages {
    private final RegionalEc2 ec2;
    private final Clock clock;

    /** Takes the clients, and the clock by which images age and time runs out. */
    public CleanUpImages(RegionalEc2 ec2, Clock clock) {
        this.ec2 = ec2;
        this.clock = clock;
    }

    /** Cleans up and reports; at the deadline it ends early with a continuation, having settled at least one image. */
    public CleanUpImagesReport cleanUp(CleanUpImagesRequest request, Instant deadline) {
        return cleanUp(new CleanUpFamiliesRequest(List.of(request)), deadline)
                .families()
                .get(request.family());
    }

    /** Cleans up several families, one after the other; at the deadline it begins no other. */
    public CleanUpFamiliesReport cleanUp(CleanUpFamiliesRequest request, Instant deadline) {
        return new CleanUpFamiliesReport(new CleanUpRun(ec2.in(request.region()), request, clock, deadline).run());
    }
}
