package org.amibakery.image.aws;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.image.DiscardImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.SnapshotReturnCodes;

/**
 * Removes an image that never became good, with its snapshots, and returns only once neither is to be seen.
 *
 * <p>Touches nothing that does not carry the bake's tag and the image's name, and a good image only if this very run made
 * it: the workflow asks only while the image does not count, so its tagging failed half way.
 */
final class ImageRemoval {
    /** The failure type of an image that must not be touched. */
    static final String NOT_OURS = "ImageNotOurs";

    /** Each look is an attempt of the activity; so few of them cost the server nothing. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(30);

    private static final int LATE_LOOKS = 4;

    private static final Logger log = LoggerFactory.getLogger(ImageRemoval.class);

    private final AwsClients clients;
    private final Duration showsUpWithin;
    private final Duration lookEvery;

    /**
     * Takes the clients.
     *
     * @param showsUpWithin for so long an image of which no answer came is looked for
     * @param lookEvery pause between four more looks for snapshots of an image that was still being made
     */
    ImageRemoval(AwsClients clients, Duration showsUpWithin, Duration lookEvery) {
        this.clients = clients;
        this.showsUpWithin = showsUpWithin;
        this.lookEvery = lookEvery;
    }

    void discard(DiscardImage request) {
        ImageRemains remains = new ImageRemains(clients.ec2(request.region()), request);
        RemovalAttempt attempt = RemovalAttempt.current();
        Optional<Image> image = remains.image();
        if (image.isPresent() && !mayGo(image.get(), request, remains, attempt)) {
            return;
        }
        Set<String> snapshots = snapshots(remains, request, attempt);
        image.ifPresent(found -> {
            snapshots.addAll(Ec2Filters.snapshotsOf(found));
            deregister(request.region(), found, snapshots);
            attempt.deregistered(found);
        });
        snapshots.forEach(snapshot -> delete(request.region(), snapshot));
        if (image.isEmpty() && mayStillShowUp(remains, attempt)) {
            throw lookAgain(
                    "Image %s may still show up; it is looked for until %d minutes after the cleanup began."
                            .formatted(request.name(), showsUpWithin.toMinutes()),
                    LOOK_AGAIN_AFTER);
        }
        if (attempt.mayLeaveSnapshotsWithin(lookEvery.multipliedBy(LATE_LOOKS))) {
            throw lookAgain(
                    "Image %s went before it was available; snapshots of it that show up late are looked for."
                            .formatted(request.name()),
                    lookEvery);
        }
        checkNothingLeft(remains, snapshots(remains, request, attempt));
    }

    private boolean mayStillShowUp(ImageRemains remains, RemovalAttempt attempt) {
        return attempt.deregistered().isEmpty()
                && attempt.age().compareTo(showsUpWithin) < 0
                && !remains.wasDeregistered();
    }

    private static Set<String> snapshots(ImageRemains remains, DiscardImage request, RemovalAttempt attempt) {
        Set<String> snapshots = new TreeSet<>(remains.snapshots());
        request.id()
                .map(ImageId::value)
                .or(attempt::deregistered)
                .ifPresent(id -> snapshots.addAll(remains.snapshotsMadeFor(id)));
        return snapshots;
    }

    private boolean mayGo(Image image, DiscardImage request, ImageRemains remains, RemovalAttempt attempt) {
        var tags = Ec2Filters.tagsOf(image.tags());
        if (!remains.mayGo(tags)) {
            log.info("Image was good already and stays image={} bake={}", image.imageId(), request.bake());
            return false;
        }
        if (request.bake().equals(tags.get(Ec2Filters.BAKE_TAG))) {
            return true;
        }
        if (tags.isEmpty() && attempt.age().compareTo(showsUpWithin) < 0) {
            throw lookAgain(
                    "The tags of image %s are not visible yet, so it is not touched.".formatted(image.imageId()),
                    LOOK_AGAIN_AFTER);
        }
        throw notOurs(image, request);
    }

    /** Takes the snapshots that EC2 deletes with the image off the list; each has a result of its own. */
    private void deregister(Region region, Image image, Set<String> snapshots) {
        Ec2Errors.DEREGISTER.perform("DeregisterImage", region, () -> deleted(
                        ec2(region).deregisterImage(request -> request.imageId(image.imageId())
                                .deleteAssociatedSnapshots(true)))
                .forEach(snapshots::remove));
    }

    private static Set<String> deleted(DeregisterImageResponse answer) {
        Set<String> deleted = new TreeSet<>();
        answer.deleteSnapshotResults().stream()
                .filter(result -> result.returnCode() == SnapshotReturnCodes.SUCCESS)
                .forEach(result -> deleted.add(result.snapshotId()));
        return deleted;
    }

    private void delete(Region region, String snapshot) {
        Ec2Errors.DELETE_SNAPSHOT.perform(
                "DeleteSnapshot", region, () -> ec2(region).deleteSnapshot(request -> request.snapshotId(snapshot)));
    }

    private static void checkNothingLeft(ImageRemains remains, Set<String> snapshots) {
        Set<String> left = new TreeSet<>(snapshots);
        remains.image().map(Image::imageId).ifPresent(left::add);
        if (!left.isEmpty()) {
            throw lookAgain(
                    "EC2 still shows %s, which were deleted.".formatted(String.join(", ", left)), LOOK_AGAIN_AFTER);
        }
    }

    private Ec2Client ec2(Region region) {
        return clients.ec2(region);
    }

    private static ApplicationFailure lookAgain(String message, Duration after) {
        ApplicationFailure notYet = ApplicationFailure.newBuilder()
                .setType("NotYet")
                .setMessage(message)
                .setCategory(ApplicationErrorCategory.BENIGN)
                .setNextRetryDelay(after)
                .build();
        notYet.setStackTrace(new StackTraceElement[0]);
        return notYet;
    }

    private static ApplicationFailure notOurs(Image image, DiscardImage request) {
        return ApplicationFailure.newNonRetryableFailure(
                "Image %s (%s) does not carry the tag %s=%s, so it was left alone. Look whose it is."
                        .formatted(image.imageId(), image.name(), Ec2Filters.BAKE_TAG, request.bake()),
                NOT_OURS,
                new Refusal("DeregisterImage", NOT_OURS, Reaction.GIVE_UP, Blame.ACCOUNT_OWNER));
    }
}
