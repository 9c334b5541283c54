package org.amibakery.lambdas.cleanup;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.Refusal;
import org.amibakery.lambdas.ReservedTags;
import org.amibakery.lambdas.TimeLimit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/**
 * Removes the family's snapshots whose image is gone: what a run leaves that ends between DeregisterImage and
 * DeleteSnapshot (packer#3320).
 *
 * <p>A snapshot's image is named by its tag {@code ami-bakery:image} or by the description that EC2 writes ("Created by
 * CreateImage(i-…) for ami-…", "Copied for DestinationAmi ami-…"); one that names none is left alone, and so is one
 * younger than the request's age, whose image may only not be visible yet.
 */
final class LeftoverSnapshots {
    private static final Pattern IMAGE_ID = Pattern.compile("\\bami-[0-9a-z]+");

    private final Ec2Client ec2;
    private final CleanUpImagesRequest request;
    private final Instant madeBefore;
    private final Tally tally;
    private final Set<LeftoverSnapshot> listed = new LinkedHashSet<>();

    LeftoverSnapshots(Ec2Client ec2, CleanUpImagesRequest request, Instant now, Tally tally) {
        this.ec2 = ec2;
        this.request = request;
        this.madeBefore = now.minus(request.olderThan());
        this.tally = tally;
    }

    /** Takes a listed snapshot if it is one of the family that names its image and is old enough. */
    void offer(Snapshot snapshot) {
        if (Tags.belongTo(request, snapshot.tags()) && !snapshot.startTime().isAfter(madeBefore)) {
            read(snapshot).ifPresent(listed::add);
        }
    }

    /**
     * Removes leftovers, passing over snapshots of the given images; tells where to go on if it ran out of time.
     *
     * @param list has the family's snapshots offered, unless they were
     */
    Optional<Continuation> remove(Set<String> knownImages, Continuation start, TimeLimit time, Runnable list) {
        Continuation last = start.withChanges(tally.changes());
        try {
            list.run();
            List<LeftoverSnapshot> orphans =
                    orphans(knownImages).stream().filter(start::isBefore).toList();
            for (int from = 0; from < orphans.size(); from += FamilyImages.FILTER_VALUES) {
                int to = Math.min(from + FamilyImages.FILTER_VALUES, orphans.size());
                for (LeftoverSnapshot leftover : proved(orphans.subList(from, to))) {
                    if (tally.reasonToStop().isPresent()) {
                        return Optional.empty();
                    }
                    if (request.mode() == CleanUpMode.DELETE && time.stopsBeforeNext()) {
                        return Optional.of(last);
                    }
                    remove(leftover);
                    last = new Continuation(leftover.startedAt(), leftover.snapshotId(), tally.changes());
                }
            }
        } catch (SdkException error) { // the images are done; this is for the next run
            tally.failed(
                    "",
                    AwsCalls.codeOf(error),
                    "Left-over snapshots could not be looked for: " + AwsCalls.messageOf(error)
                            + ". None was touched; the next run looks again.");
        }
        return Optional.empty();
    }

    private void remove(LeftoverSnapshot leftover) {
        Optional<Refusal> refusal = request.mode() == CleanUpMode.PLAN
                ? Optional.empty()
                : new ImageDeletion(ec2, tally).deleteSnapshot(leftover.imageId(), leftover.snapshotId());
        if (refusal.isEmpty()) {
            tally.leftover(leftover);
        }
        if (refusal.isEmpty() || refusal.get() == Refusal.UNANSWERED) {
            tally.spendChange();
        }
    }

    private List<LeftoverSnapshot> orphans(Set<String> knownImages) {
        return listed.stream()
                .filter(snapshot -> !knownImages.contains(snapshot.imageId()))
                .sorted(Comparator.comparing(LeftoverSnapshot::startedAt).thenComparing(LeftoverSnapshot::snapshotId))
                .toList();
    }

    /** Returns those whose image EC2 does not have under any tag, and which no image of this account is made of. */
    private List<LeftoverSnapshot> proved(List<LeftoverSnapshot> orphans) {
        Set<String> existing = new HashSet<>();
        List<String> imageIds =
                orphans.stream().map(LeftoverSnapshot::imageId).distinct().toList();
        ec2.describeImagesPaginator(FamilyImages.byFilter("image-id", imageIds)).images().stream()
                .filter(SnapshotUse::exists)
                .forEach(image -> existing.add(image.imageId()));
        List<String> free = new SnapshotUse(ec2)
                .ofNoOtherThan(
                        "", orphans.stream().map(LeftoverSnapshot::snapshotId).toList());
        return orphans.stream()
                .filter(orphan -> !existing.contains(orphan.imageId()) && free.contains(orphan.snapshotId()))
                .toList();
    }

    private static Optional<LeftoverSnapshot> read(Snapshot snapshot) {
        Matcher described = IMAGE_ID.matcher(String.valueOf(snapshot.description()));
        return ReservedTags.value(snapshot.tags(), ReservedTags.IMAGE)
                .or(() -> described.find() ? Optional.of(described.group()) : Optional.empty())
                .map(imageId -> new LeftoverSnapshot(snapshot.snapshotId(), imageId, snapshot.startTime()));
    }
}
