package org.amibakery.lambdas.cleanup;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amibakery.lambdas.TimeLimit;
import org.amibakery.lambdas.cleanup.OwnImage.Standing;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;

/** Is one run over one family: settles each image, the oldest first, as kept, withdrawn, deleted or failed. */
final class FamilyCleanUp {
    static final String CHANGED = "was changed while the clean-up ran; the next run looks at it anew";

    private final CleanUpImagesRequest request;
    private final FamilyImages family;
    private final ImageUse use;
    private final SharedLaunches sharedLaunches;
    private final SnapshotUse snapshotUse;
    private final Withdrawal withdrawal;
    private final ImageDeletion deletion;
    private final LeftoverSnapshots leftovers;
    private final Tally tally;
    private final TimeLimit time;
    private final List<OwnImage> images;
    private final RetentionRules rules;
    private final WithdrawalStages stages;

    FamilyCleanUp(Ec2Client ec2, Family listed, TimeLimit time) {
        this.request = listed.request();
        this.tally = listed.tally();
        this.time = time;
        this.family = listed.images();
        this.use = new ImageUse(ec2);
        this.sharedLaunches = new SharedLaunches(ec2, request.olderThan(), listed.now());
        this.snapshotUse = new SnapshotUse(ec2);
        this.withdrawal = new Withdrawal(ec2, request, time.clock(), tally);
        this.deletion = new ImageDeletion(ec2, tally);
        this.leftovers = listed.leftovers();
        this.images = family.oldestFirst();
        this.rules = new RetentionRules(request, images, listed.now());
        this.stages = new WithdrawalStages(request, listed.now());
    }

    /** @param listSnapshots has the snapshots of the family offered to it */
    CleanUpImagesReport run(Runnable listSnapshots) {
        Continuation last = Continuation.of(request.continuation());
        List<OwnImage> toSettle = images.stream().filter(last::isBefore).toList();
        for (int start = 0; start < toSettle.size(); ) {
            if (start > 0 && time.isOver()) { // a look that gets no answer takes its time as well
                return tally.report(Optional.of(last.token()));
            }
            List<OwnImage> batch = nextBatch(toSettle, start);
            Map<String, Uses> uses = use.of(candidates(batch));
            for (OwnImage image : batch) {
                if (!settle(image, uses)) {
                    return tally.report(Optional.of(last.token()));
                }
                last = new Continuation(image.createdAt(), image.imageId(), tally.changes());
            }
            start += batch.size();
        }
        Set<String> known = images.stream().map(OwnImage::imageId).collect(Collectors.toSet());
        Optional<Continuation> rest = leftovers.remove(known, last, time, listSnapshots);
        return tally.report(rest.map(Continuation::token));
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
        return rules.reasonToKeep(image).or(() -> stages.reasonToWait(image)).or(tally::reasonToStop);
    }

    /** Settles the image, or tells that there is no time left to do so. */
    private boolean settle(OwnImage image, Map<String, Uses> uses) {
        Optional<String> reason =
                reasonToKeep(image).or(() -> uses.get(image.imageId()).reasonToKeep());
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

    /** Looks at everything once more, since the plan may be minutes old, and lets the image go if all still holds. */
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
                .or(() -> use.of(List.of(image.imageId())).get(image.imageId()).reasonToKeep())
                .or(() -> sharedLaunches.reasonToKeep(image.imageId()));
        if (reason.isPresent()) {
            tally.kept(image, reason.get());
            return;
        }
        Optional<WithdrawalStep> step = stages.next(image);
        if (step.isPresent()) {
            withdrawal.take(image, step.get(), rules.reasonToDelete(image));
        } else {
            delete(image, snapshotUse.ofNoOtherThan(image.imageId(), OwnImage.snapshotsOf(seen)));
        }
    }

    private void delete(OwnImage image, List<String> snapshots) {
        String reason = rules.reasonToDelete(image);
        if (request.mode() == CleanUpMode.DELETE) {
            deletion.delete(image, snapshots, reason);
            return;
        }
        tally.spendChange();
        tally.deleted(new DeletedImage(image.imageId(), image.name(), image.createdAt(), snapshots, reason));
    }

    private Optional<String> changed(OwnImage planned, Map<String, Image> now) {
        if (!isStill(planned, now.get(planned.imageId()))) {
            return Optional.of(CHANGED);
        }
        boolean restsOnGoodOnes = planned.standing() != Standing.FAILED;
        boolean goodOnesStand = rules.newestGood().stream().allMatch(good -> isStillGood(now.get(good.imageId())));
        return restsOnGoodOnes && !goodOnesStand
                ? Optional.of("must wait: a newer good image went away while the clean-up ran")
                : Optional.empty();
    }

    private static boolean isStillGood(Image seen) { // it may be deprecated meanwhile, for example
        return seen != null && OwnImage.standingOf(seen) == Standing.GOOD;
    }

    private static boolean isStill(OwnImage planned, Image seen) {
        try {
            return seen != null && OwnImage.of(seen).equals(planned);
        } catch (DateTimeParseException unreadable) {
            return false;
        }
    }
}
