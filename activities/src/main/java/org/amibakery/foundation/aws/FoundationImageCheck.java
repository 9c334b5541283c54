package org.amibakery.foundation.aws;

import static java.util.Objects.requireNonNull;

import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.recipe.Foundation;
import org.amibakery.recipe.ImageId;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** Asks EC2 itself whose an image is, so that no function can talk a bake into a stranger's ("whoAMI", packer#6584). */
final class FoundationImageCheck {
    /** The failure type of an image that is not what was asked for. */
    static final String FOREIGN = "ForeignFoundationImage";

    /** The failure type of an image that went away in the meantime; the function finds another. */
    static final String UNAVAILABLE = "FoundationImageUnavailable";

    private final AwsClients clients;

    FoundationImageCheck(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
    }

    /** The image as EC2 describes it, once its owner, name, architecture and state were found to be as asked. */
    FoundationImage trusted(FindFoundationImage request, String id) {
        Optional<Image> seen =
                Ec2Errors.DESCRIBE.guard(
                        "DescribeImages", request.region(), () -> clients
                                .ec2(request.region())
                                .describeImagesPaginator(ofOwners(request.foundation(), id))
                                .images()
                                .stream()
                                .filter(image -> image.imageId().equals(id))
                                .findFirst());
        Image image =
                seen.filter(found -> isAsAsked(request.foundation(), found)).orElseThrow(() -> foreign(request, id));
        if (image.state() != ImageState.AVAILABLE) {
            throw unavailable(image);
        }
        return described(request.foundation(), image);
    }

    private static DescribeImagesRequest ofOwners(Foundation foundation, String id) {
        return DescribeImagesRequest.builder()
                .owners(foundation.owners())
                .includeDeprecated(true)
                .filters(filter("image-id", id), filter("name", foundation.name()))
                .build();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    private static boolean isAsAsked(Foundation foundation, Image image) {
        boolean ofOwner = foundation.owners().stream()
                .anyMatch(owner -> owner.equals(image.ownerId()) || owner.equals(image.imageOwnerAlias()));
        return ofOwner && foundation.architecture().text().equals(image.architectureAsString());
    }

    private static FoundationImage described(Foundation foundation, Image image) {
        return new FoundationImage(
                new ImageId(image.imageId()),
                image.name(),
                image.ownerId(),
                foundation.architecture(),
                Instant.parse(image.creationDate()),
                image.rootDeviceName(),
                rootVolumeGibibytes(image));
    }

    /** The function answers no image without a root volume; 0 would only leave the size to EC2. */
    private static int rootVolumeGibibytes(Image image) {
        return image.blockDeviceMappings().stream()
                .filter(mapping -> String.valueOf(mapping.deviceName()).equals(image.rootDeviceName()))
                .map(BlockDeviceMapping::ebs)
                .filter(volume -> volume != null && volume.volumeSize() != null)
                .map(volume -> volume.volumeSize())
                .findFirst()
                .orElse(0);
    }

    private static ApplicationFailure foreign(FindFoundationImage request, String id) {
        Foundation foundation = request.foundation();
        String message = String.format(
                "The function answered with %s, but EC2 in %s knows no such image named %s of %s for %s. Nothing was"
                        + " launched. Somebody may have tampered with the function: look at it before you bake again.",
                id,
                request.region(),
                foundation.name(),
                String.join(", ", foundation.owners()),
                foundation.architecture().text());
        return ApplicationFailure.newNonRetryableFailure(
                message, FOREIGN, new Refusal("DescribeImages", FOREIGN, Reaction.GIVE_UP, Blame.ACCOUNT_OWNER));
    }

    private static ApplicationFailure unavailable(Image image) {
        return ApplicationFailure.newFailure(
                "Foundation image %s (%s) is %s by now; another one is looked for."
                        .formatted(image.imageId(), image.name(), image.stateAsString()),
                UNAVAILABLE,
                new Refusal("DescribeImages", UNAVAILABLE, Reaction.BACK_OFF, Blame.AWS));
    }
}
