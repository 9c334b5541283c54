package org.amibakery.image.aws;

import static org.amibakery.watch.Sighting.arrived;
import static org.amibakery.watch.Sighting.gone;
import static org.amibakery.watch.Sighting.notYet;

import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.image.AvailableImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.amibakery.watch.Watch;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Tells when an image can be launched. Read-only; one DescribeImages call serves every bake that waits. */
final class Ec2ImageAvailability implements Watch<ImageId, Image, AvailableImage> {
    /** The failure type of an image that never becomes available. */
    static final String FAILED = "ImageFailed";

    private final Ec2Client ec2;
    private final Region region;

    Ec2ImageAvailability(Ec2Client ec2, Region region) {
        this.ec2 = ec2;
        this.region = region;
    }

    @Override
    public String id(ImageId image) {
        return image.value();
    }

    /** Asks by filter, as one id that is not visible yet would fail the call for all (InvalidAMIID.NotFound). */
    @Override
    public Map<String, Image> look(Set<String> ids) {
        return Ec2Errors.DESCRIBE.guard(
                "DescribeImages", region, () -> ec2.describeImagesPaginator(own(ids)).images().stream()
                        .collect(Collectors.toMap(Image::imageId, image -> image)));
    }

    private static DescribeImagesRequest own(Set<String> ids) {
        return DescribeImagesRequest.builder()
                .owners("self")
                .includeDeprecated(true)
                .filters(Ec2Filters.any("image-id", ids))
                .build();
    }

    @Override
    public Sighting<AvailableImage> read(Waiting<ImageId> waiting, Optional<Image> seen) {
        if (seen.isEmpty()) {
            return absent(waiting);
        }
        Image image = seen.get();
        return switch (image.state()) {
            case AVAILABLE -> arrived(new AvailableImage(new ImageId(image.imageId()), Ec2Filters.snapshotsOf(image)));
            case PENDING, TRANSIENT -> notYet("Image %s is %s", image.imageId(), image.stateAsString());
            case FAILED, ERROR, INVALID, DEREGISTERED, DISABLED, UNKNOWN_TO_SDK_VERSION -> gone(failed(image));
        };
    }

    private static Sighting<AvailableImage> absent(Waiting<ImageId> waiting) {
        if (waiting.unseenFor().compareTo(Ec2Errors.VISIBLE_WITHIN) < 0) {
            return notYet("Image %s is not visible yet", waiting.subject());
        }
        return gone(failure(
                Blame.ACCOUNT_OWNER,
                "Image %s has not been seen for %d minutes: somebody deregistered it. Bake again."
                        .formatted(waiting.subject(), waiting.unseenFor().toMinutes())));
    }

    private static ApplicationFailure failed(Image image) {
        String reason = Optional.ofNullable(image.stateReason())
                .map(Ec2ImageAvailability::words)
                .orElse("EC2 gave no reason");
        return failure(
                Blame.AWS,
                "EC2 made no usable image: %s is %s (%s). Bake again; if it repeats, look at the reason."
                        .formatted(image.imageId(), image.stateAsString(), reason));
    }

    private static String words(StateReason reason) {
        return "%s: %s".formatted(reason.code(), reason.message());
    }

    private static ApplicationFailure failure(Blame blame, String message) {
        return ApplicationFailure.newNonRetryableFailure(
                message, FAILED, new Refusal("DescribeImages", FAILED, Reaction.GIVE_UP, blame));
    }
}
