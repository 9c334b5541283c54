package org.amibakery.lambdas.cleanup;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amibakery.lambdas.TimeLimit;
import org.amibakery.lambdas.cleanup.OwnImage.Standing;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;

/** Is one run over one family: settles each image, the oldest first, as kept, deleted or failed. */
final class FamilyCleanUp {
    private final CleanUpImagesRequest request;
    private final FamilyImages family;
    private final ImageUse use;
    private final SharedLaunches sharedLaunches;
    private final SnapshotUse snapshotUse;
    private final ImageDeletion deletion;
    private final LeftoverSnapshots leftovers;
    private final Tally tally;
    private final TimeLimit time;
    private final List<OwnImage> images;
    private final RetentionRules rules;

    FamilyCleanUp(Ec2Client ec2, CleanUpImagesRequest request, Clock clock, Instant deadline) {
        Instant now = clock.instant();
        this.request = request;
        this.tally = new Tally(request);
        this.time = new TimeLimit(clock, deadline);
        this.family = new FamilyImages(ec2, request);
        this.use = new ImageUse(ec2);
        this.sharedLaunches = new SharedLaunches(ec2, request.olderThan(), now);
        this.snapshotUse = new SnapshotUse(ec2);
        this.deletion = new ImageDeletion(ec2, tally);
        this.leftovers = new LeftoverSnapshots(ec2, request, now, tally);
        this.images = family.oldestFirst(tally);
        this.rules = new RetentionRules(request, images, now);
    }

    CleanUpImagesReport run() {
        Continuation last = Continuation.of(request.continuation());
        List<OwnImage> rest = images.stream().filter(last::isBefore).toList();
        for (int start = 0; start < rest.size(); ) {
            if (start > 0 && time.isOver()) { // a look that gets no answer takes its time as well
                return tally.report(Optional.of(last.token()));
            }
            List<OwnImage> batch = nextBatch(rest, start);
            Map<String, String> inUse = use.reasonsToKeep(candidates(batch));
            for (OwnImage image : batch) {
                if (!settle(image, inUse)) {
                    return tally.report(Optional.of(last.token()));
                }
                last = new Continuation(image.createdAt(), image.imageId(), tally.deletions());
            }
            start += batch.size();
        }
        boolean finished =
                leftovers.remove(images.stream().map(OwnImage::imageId).collect(Collectors.toSet()), time);
        return tally.report(
                finished
                        ? Optional.empty()
                        : Optional.of(last.withDeletions(tally.deletions()).token()));
    }

    /** Takes the next images up to as many candidates as one look for users can hold. */
    private List<OwnImage> nextBatch(List<OwnImage> rest, int start) {
        List<OwnImage> batch = new ArrayList<>();
        int candidates = 0;
        for (OwnImage image : rest.subList(start, rest.size())) {
            candidates += reasonToKeep(image).isPresent() ? 0 : 1;
            if (candidates > ImageUse.IDS_PER_LOOK) {
                break;
            }
            batch.add(image);
        }
        return batch;
    }

    private List<String> candidates(List<OwnImage> batch) {
        return batch.stream()
                .filter(image -> reasonToKeep(image).isEmpty())
                .map(OwnImage::imageId)
                .toList();
    }

    private Optional<String> reasonToKeep(OwnImage image) {
        return rules.reasonToKeep(image).or(tally::reasonToStop);
    }

    /** Settles the image, or tells that there is no time left to do so. */
    private boolean settle(OwnImage image, Map<String, String> inUse) {
        Optional<String> reason = reasonToKeep(image).or(() -> Optional.ofNullable(inUse.get(image.imageId())));
        if (reason.isPresent()) {
            tally.kept(image, reason.get());
            return true;
        }
        if (time.stopsBeforeNext()) {
            return false;
        }
        try {
            settleCandidate(image);
        } catch (SdkException error) {
            tally.kept(image, ImageUse.unchecked("DescribeImages", error));
        }
        return true;
    }

    /** Looks at everything once more, since the plan may be minutes old, and deletes the image if all still holds. */
    private void settleCandidate(OwnImage image) {
        List<OwnImage> concerned = new ArrayList<>(rules.newestGood());
        concerned.add(image);
        Map<String, Image> now =
                family.now(concerned.stream().map(OwnImage::imageId).toList());
        Image seen = now.get(image.imageId());
        if (seen == null) {
            tally.deleted(new DeletedImage(
                    image.imageId(),
                    image.name(),
                    image.createdAt(),
                    List.of(),
                    "was gone before this run came to it"));
            return;
        }
        Optional<String> reason = changed(image, now)
                .or(() -> use.reasonToKeep(image.imageId()))
                .or(() -> sharedLaunches.reasonToKeep(image.imageId()));
        if (reason.isPresent()) {
            tally.kept(image, reason.get());
            return;
        }
        delete(image, snapshotUse.ofNoOtherThan(image.imageId(), OwnImage.snapshotsOf(seen)));
    }

    private void delete(OwnImage image, List<String> snapshots) {
        String reason = rules.reasonToDelete(image);
        if (request.mode() == CleanUpMode.DELETE) {
            deletion.delete(image, snapshots, reason);
            return;
        }
        tally.spendDeletion();
        tally.deleted(new DeletedImage(image.imageId(), image.name(), image.createdAt(), snapshots, reason));
    }

    private Optional<String> changed(OwnImage planned, Map<String, Image> now) {
        if (!isStill(planned, now.get(planned.imageId()))) {
            return Optional.of("was changed while the clean-up ran; the next run looks at it anew");
        }
        boolean restsOnGoodOnes = planned.standing() != Standing.FAILED;
        boolean goodOnesStand = rules.newestGood().stream().allMatch(good -> isStill(good, now.get(good.imageId())));
        return restsOnGoodOnes && !goodOnesStand
                ? Optional.of("must wait: a newer good image went away while the clean-up ran")
                : Optional.empty();
    }

    private static boolean isStill(OwnImage planned, Image seen) {
        try {
            return seen != null && OwnImage.of(seen).equals(planned);
        } catch (DateTimeParseException unreadable) {
            return false;
        }
    }
}
