package org.amibakery.image.aws;

import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/** Settles how instances of an image reach their metadata: by session tokens alone, one hop away (IMDSv2). */
final class ImageMetadataAccess {
    private static final String IMDS_V2 = "v2.0";

    private final AwsClients clients;

    ImageMetadataAccess(AwsClients clients) {
        this.clients = clients;
    }

    /** Sets the image's ImdsSupport, which EC2 takes as often as one likes and never takes back. */
    void requireSessionTokens(Region region, ImageId image) {
        Ec2Errors.MODIFY_IMAGE.perform("ModifyImageAttribute", region, () -> clients.ec2(region)
                .modifyImageAttribute(request -> request.imageId(image.value()).imdsSupport(v -> v.value(IMDS_V2))));
    }
}
