package org.amibakery.image.aws;

import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.aws.InstanceDeath;
import org.amibakery.builder.aws.Instances;
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
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * Creates images. CreateImage has no token, so the name is the key: whoever finds it taken looks whether it was taken by
 * this very bake, whose answer was lost.
 */
final class ImageCreation {
    /** The failure type of a name that somebody else's image has. */
    static final String NAME_TAKEN = "NameTaken";

    private static final String DUPLICATE = "InvalidAMIName.Duplicate";
    private static final Set<String> ABOUT_THE_BUILDER =
            Set.of("InvalidParameterValue", "IncorrectInstanceState", "InvalidInstanceID.NotFound");

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
            String code = refused.awsErrorDetails().errorCode();
            if (DUPLICATE.equals(code)) {
                Image found = ofThatName(clients.ec2(region), request.name()).orElseThrow(() -> notVisible(request));
                if (isOfAnEarlierBuilder(request, found)) {
                    throw replaced(request, found);
                }
                return adopt(request, found).imageId();
            }
            if (ABOUT_THE_BUILDER.contains(code)) {
                return madeBefore(region, request).orElseThrow(() -> deadOr(refused, request.builder()));
            }
            throw refused;
        }
    }

    /** The builder's image, made before the bake was reset: EC2 judges the builder's state before the name. */
    private Optional<String> madeBefore(Region region, CreateImage request) {
        return ofThatName(clients.ec2(region), request.name())
                .filter(image -> request.builder().id().value().equals(image.sourceInstanceId()))
                .map(image -> adopt(request, image).imageId());
    }

    /** A builder that is dead never comes into a state to make an image of, however long it is waited for. */
    private RuntimeException deadOr(Ec2Exception refused, BuilderRef builder) {
        Instances instances = new Instances(clients.ec2(builder.region()), builder.region(), Ec2Errors.DESCRIBE);
        return instances.byId(Set.of(builder.id().value())).values().stream()
                .filter(Instances::isDead)
                .findFirst()
                .<RuntimeException>map(InstanceDeath::failure)
                .orElse(refused);
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
                .filter(image -> image.name().equals(name) && image.state() != ImageState.DEREGISTERED)
                .findFirst();
    }

    /** A bake that was reset to an event before its launch has had another builder then, which is gone by now. */
    private static boolean isOfAnEarlierBuilder(CreateImage request, Image image) {
        Map<String, String> tags = Ec2Filters.tagsOf(image.tags());
        return image.sourceInstanceId() != null
                && !image.sourceInstanceId().equals(request.builder().id().value())
                && request.tags().containsKey(Ec2Filters.RUN_TAG)
                && isSameRun(request.tags(), tags)
                && request.bake().equals(tags.get(Ec2Filters.BAKE_TAG));
    }

    /** A good one stays. One that never became good is in the way, and nobody else's: it goes, and the next attempt makes it. */
    private ApplicationFailure replaced(CreateImage request, Image image) {
        if ("good".equals(Ec2Filters.tagsOf(image.tags()).get(Ec2Filters.STATE_TAG))) {
            return ApplicationFailure.newNonRetryableFailure(
                    "This bake made %s of that name before it was reset. That image is good and stays; no other was made. Bake again instead of resetting, or reset to an event after the image was made."
                            .formatted(image.imageId()),
                    NAME_TAKEN,
                    new Refusal("CreateImage", NAME_TAKEN, Reaction.GIVE_UP, Blame.ACCOUNT_OWNER));
        }
        Region region = request.builder().region();
        Ec2Errors.DEREGISTER.perform("DeregisterImage", region, () -> clients.ec2(region)
                .deregisterImage(call -> call.imageId(image.imageId()).deleteAssociatedSnapshots(true)));
        return ApplicationFailure.newFailure(
                "The bake had begun %s before it was reset, from a builder that is gone; it was removed and is made anew."
                        .formatted(image.imageId()),
                DUPLICATE,
                new Refusal("CreateImage", DUPLICATE, Reaction.NOT_VISIBLE_YET, Blame.AWS));
    }

    private static Image adopt(CreateImage request, Image image) {
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
