package org.amibakery.lambdas.cleanup;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.lambdas.TimeLimit;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Is one run over one family or several: lists what there is of all of them, then settles one after the other. */
final class CleanUpRun {
    private final Ec2Client ec2;
    private final Listing listing;
    private final List<Family> families;
    private final Clock clock;
    private final Instant deadline;
    private boolean snapshotsListed;

    CleanUpRun(Ec2Client ec2, CleanUpFamiliesRequest request, Clock clock, Instant deadline) {
        this.ec2 = ec2;
        this.listing = new Listing(ec2, request);
        this.clock = clock;
        this.deadline = deadline;
        Instant now = clock.instant();
        this.families = request.families().stream()
                .map(family -> Family.of(ec2, family, now))
                .toList();
    }

    Map<String, CleanUpImagesReport> run() {
        listing.images(image -> families.forEach(family -> family.images().offer(image)));
        families.forEach(family -> family.images().refuseMixedOwners()); // before anything is changed
        TimeLimit time = new TimeLimit(clock, deadline);
        Map<String, CleanUpImagesReport> reports = new LinkedHashMap<>();
        for (Family family : families) {
            if (!reports.isEmpty() && time.isOver()) {
                break;
            }
            try {
                reports.put(family.request().family(), settle(family));
            } catch (RuntimeException failure) { // the reports of those before must not be lost with it
                if (reports.isEmpty()) {
                    throw failure;
                }
                break;
            }
        }
        return reports;
    }

    private CleanUpImagesReport settle(Family family) {
        return new FamilyCleanUp(ec2, family, new TimeLimit(clock, deadline)).run(this::listSnapshots);
    }

    /** Once a run; a family whose look fails leaves it to the next one to look again. */
    private void listSnapshots() {
        if (!snapshotsListed) {
            listing.snapshots(
                    snapshot -> families.forEach(family -> family.leftovers().offer(snapshot)));
            snapshotsListed = true;
        }
    }
}
