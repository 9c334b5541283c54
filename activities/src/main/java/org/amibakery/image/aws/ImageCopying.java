package org.amibakery.image.aws;

import io.temporal.failure.ApplicationFailure;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.EarlierRefusals;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.image.CopyImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Copies images from region to region, once per token. */
final class ImageCopying {
    private final AwsClients clients;

    ImageCopying(AwsClients clients) {
        this.clients = clients;
    }

    ImageId copy(CopyImage request) {
        Region region = request.region();
        EarlierRefusals earlier = EarlierRefusals.ofThisActivity();
        try {
            return new ImageId(Ec2Errors.COPY_IMAGE.guard("CopyImage", region, () -> clients.ec2WithoutRetries(region)
                    .copyImage(call(request))
                    .imageId()));
        } catch (ApplicationFailure refused) {
            throw earlier.settle(refused);
        }
    }

    /**
     * Tags image and snapshots at birth. CopyImageTags would not do: it tags no snapshot, and would call a copy good that
     * is still pending.
     */
    private static CopyImageRequest call(CopyImage request) {
        CopyImageRequest.Builder call = CopyImageRequest.builder()
                .clientToken(request.token().value())
                .sourceRegion(request.source().region().name())
                .sourceImageId(request.source().id().value())
                .name(request.name())
                .description(request.description())
                .tagSpecifications(
                        Ec2Filters.atCreation(ResourceType.IMAGE, request.tags()),
                        Ec2Filters.atCreation(ResourceType.SNAPSHOT, request.tags()));
        if (request.encrypted()) {
            call.encrypted(true); // left out otherwise: CopyImage refuses to decrypt
        }
        return call.build();
    }
}
