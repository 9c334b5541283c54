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
 * <p>Touches nothing that does not carry the bake's tag and the image's name, and never a good image.
 */
final class ImageRemoval {
    /** The failure type of an image that must not be touched. */
    static final String NOT_OURS = "ImageNotOurs";

    /** Each look is an attempt of the activity; so few of them cost the server nothing. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(ImageRemoval.class);

    private final AwsClients clients;
    private final Duration showsUpWithin;

    /**
     * Takes the clients.
     *
     * @param showsUpWithin for so long an image of which no answer came is looked for
     */
    ImageRemoval(AwsClients clients, Duration showsUpWithin) {
        this.clients = clients;
        this.showsUpWithin = showsUpWithin;
    }

    void discard(DiscardImage request) {
        ImageRemains remains = new ImageRemains(clients.ec2(request.region()), request);
        RemovalAttempt attempt = RemovalAttempt.current();
        Optional<Image> image = remains.image();
        if (image.isPresent() && !mayGo(image.get(), request, attempt)) {
            return;
        }
        Set<String> snapshots = new TreeSet<>(remains.snapshots());
        image.ifPresent(found -> {
            snapshots.addAll(Ec2Filters.snapshotsOf(found));
            deregister(request.region(), found, snapshots);
            attempt.deregistered(found.imageId());
        });
        snapshots.forEach(snapshot -> delete(request.region(), snapshot));
        if (image.isEmpty() && !attempt.hasDeregistered() && attempt.age().compareTo(showsUpWithin) < 0) {
            throw lookAgain("Image %s may still show up; it is looked for until %d minutes after the cleanup began."
                    .formatted(request.name(), showsUpWithin.toMinutes()));
        }
        checkNothingLeft(remains);
    }

    private boolean mayGo(Image image, DiscardImage request, RemovalAttempt attempt) {
        var tags = Ec2Filters.tagsOf(image.tags());
        if ("good".equals(tags.get(Ec2Filters.STATE_TAG))) {
            log.info("Image was good already and stays image={} bake={}", image.imageId(), request.bake());
            return false;
        }
        if (request.bake().equals(tags.get(Ec2Filters.BAKE_TAG))) {
            return true;
        }
        if (tags.isEmpty() && attempt.age().compareTo(showsUpWithin) < 0) {
            throw lookAgain(
                    "The tags of image %s are not visible yet, so it is not touched.".formatted(image.imageId()));
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

    private static void checkNothingLeft(ImageRemains remains) {
        Set<String> left = new TreeSet<>(remains.snapshots());
        remains.image().map(Image::imageId).ifPresent(left::add);
        if (!left.isEmpty()) {
            throw lookAgain("EC2 still shows %s, which were deleted.".formatted(String.join(", ", left)));
        }
    }

    private Ec2Client ec2(Region region) {
        return clients.ec2(region);
    }

    private static ApplicationFailure lookAgain(String message) {
        ApplicationFailure notYet = ApplicationFailure.newBuilder()
                .setType("NotYet")
                .setMessage(message)
                .setCategory(ApplicationErrorCategory.BENIGN)
                .setNextRetryDelay(LOOK_AGAIN_AFTER)
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
