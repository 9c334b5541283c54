package org.amibakery.lambdas.cleanup;

import java.time.Instant;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Is what one run knows of a family.
 *
 * @param now when the run began, which ages are counted from
 */
record Family(
        CleanUpImagesRequest request, Instant now, Tally tally, FamilyImages images, LeftoverSnapshots leftovers) {
    /** A family of which nothing was listed yet. */
    static Family of(Ec2Client ec2, CleanUpImagesRequest request, Instant now) {
        Tally tally = new Tally(request);
        return new Family(
                request,
                now,
                tally,
                new FamilyImages(ec2, request, tally),
                new LeftoverSnapshots(ec2, request, now, tally));
    }
}
