package org.amibakery.image.aws;

import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.aws.Refusals;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.image.DeprecateImage;
import org.amibakery.image.ImageRef;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;

/** Sets when an image is deprecated, counted from the creation that EC2 knows of. */
final class ImageDeprecation {
    private static final String NOT_FOUND = "InvalidAMIID.NotFound";

    private final AwsClients clients;

    ImageDeprecation(AwsClients clients) {
        this.clients = clients;
    }

    void deprecate(DeprecateImage request) {
        ImageRef image = request.image();
        Instant at = createdAt(image).plus(request.after());
        Ec2Errors.MODIFY_IMAGE.perform("EnableImageDeprecation", image.region(), () -> ec2(image)
                .enableImageDeprecation(call -> call.imageId(image.id().value()).deprecateAt(at)));
    }

    private Instant createdAt(ImageRef image) {
        DescribeImagesRequest look = DescribeImagesRequest.builder()
                .owners("self")
                .includeDeprecated(true)
                .filters(Ec2Filters.any("image-id", List.of(image.id().value())))
                .build();
        return Ec2Errors.DESCRIBE
                .guard(
                        "DescribeImages",
                        image.region(),
                        () -> ec2(image).describeImagesPaginator(look).images().stream()
                                .findFirst())
                .map(found -> Instant.parse(found.creationDate()))
                .orElseThrow(() -> notVisible(image));
    }

    private Ec2Client ec2(ImageRef image) {
        return clients.ec2(image.region());
    }

    private static ApplicationFailure notVisible(ImageRef image) {
        return Refusals.failure(
                new Refusal("DescribeImages", NOT_FOUND, Reaction.NOT_VISIBLE_YET, Blame.AWS),
                "Image %s is not visible in %s, so it was not deprecated. It is looked up again.",
                image.id(),
                image.region());
    }
}
