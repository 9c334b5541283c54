package org.amibakery.image.aws;

import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.image.CreateImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * Creates images. CreateImage has no token, so the name is the key: whoever finds it taken looks whether it was taken by
 * this very bake, whose answer was lost.
 */
final class ImageCreation {
    /** The failure type of a name that somebody else's image has. */
    static final String NAME_TAKEN = "NameTaken";

    private static final String DUPLICATE = "InvalidAMIName.Duplicate";

    private final AwsClients clients;

    ImageCreation(AwsClients clients) {
        this.clients = clients;
    }

    ImageId create(CreateImage request) {
        Region region = request.builder().region();
        return new ImageId(Ec2Errors.CREATE_IMAGE.guard("CreateImage", region, () -> createOrAdopt(region, request)));
    }

    /** Whether the name was found taken: by somebody else, which is final, or by what may be this bake's own image. */
    static boolean isAboutTheName(ApplicationFailure failure) {
        return failure.getType().equals(NAME_TAKEN) || failure.getType().equals(DUPLICATE);
    }

    private String createOrAdopt(Region region, CreateImage request) {
        try {
            return clients.ec2WithoutRetries(region)
                    .createImage(creation(request))
                    .imageId();
        } catch (Ec2Exception refused) {
            if (DUPLICATE.equals(refused.awsErrorDetails().errorCode())) {
                return adopt(request, ofThatName(clients.ec2(region), request.name()))
                        .imageId();
            }
            throw refused;
        }
    }

    private static CreateImageRequest creation(CreateImage request) {
        return CreateImageRequest.builder()
                .instanceId(request.builder().id().value())
                .name(request.name())
                .description(request.description())
                .tagSpecifications(
                        Ec2Filters.atCreation(ResourceType.IMAGE, request.tags()),
                        Ec2Filters.atCreation(ResourceType.SNAPSHOT, request.tags()))
                .build();
    }

    private static Optional<Image> ofThatName(Ec2Client ec2, String name) {
        return ec2
                .describeImagesPaginator(DescribeImagesRequest.builder()
                        .owners("self")
                        .includeDeprecated(true)
                        .includeDisabled(true)
                        .filters(Ec2Filters.exactly("name", name))
                        .build())
                .images()
                .stream()
                .filter(image -> image.name().equals(name))
                .findFirst();
    }

    private static Image adopt(CreateImage request, Optional<Image> found) {
        Image image = found.orElseThrow(() -> notVisible(request));
        Map<String, String> tags = Ec2Filters.tagsOf(image.tags());
        boolean ofThatBuilder = image.sourceInstanceId() == null
                || image.sourceInstanceId().equals(request.builder().id().value());
        if (ofThatBuilder && tags.isEmpty()) {
            throw notVisible(request);
        }
        boolean ofThatBake = request.bake().equals(tags.get(Ec2Filters.BAKE_TAG)) && isSameRun(request.tags(), tags);
        if (!ofThatBuilder || !ofThatBake) {
            throw taken(request, image);
        }
        return image;
    }

    /** A family's bakes share their workflow id, so the run decides as well where the plan has put it on. */
    private static boolean isSameRun(Map<String, String> wanted, Map<String, String> found) {
        return !wanted.containsKey(Ec2Filters.RUN_TAG)
                || wanted.get(Ec2Filters.RUN_TAG).equals(found.get(Ec2Filters.RUN_TAG));
    }

    private static ApplicationFailure notVisible(CreateImage request) {
        return ApplicationFailure.newFailure(
                "An image named %s exists, but neither it nor its tags are visible yet; it is looked up again."
                        .formatted(request.name()),
                DUPLICATE,
                new Refusal("CreateImage", DUPLICATE, Reaction.NOT_VISIBLE_YET, Blame.AWS));
    }

    private static ApplicationFailure taken(CreateImage request, Image image) {
        return ApplicationFailure.newNonRetryableFailure(
                String.format(
                        "The name %s is taken by %s, which this bake did not make. Nothing was changed. Write {timestamp}"
                                + " into image.name of the recipe, or deregister that image, then bake again.",
                        request.name(), image.imageId()),
                NAME_TAKEN,
                new Refusal("CreateImage", NAME_TAKEN, Reaction.GIVE_UP, Blame.ACCOUNT_OWNER));
    }
}
