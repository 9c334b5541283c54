package org.amibakery.image.aws;

import org.amibakery.aws.AwsClients;
import org.amibakery.image.CopyImage;
import org.amibakery.image.DeprecateImage;
import org.amibakery.image.PublishImage;
import org.amibakery.image.PublishingActivities;
import org.amibakery.image.ShareImage;
import org.amibakery.recipe.ImageId;

/** Copies, deprecates and shares images on EC2, and names them in Parameter Store. */
public final class AwsPublishingActivities implements PublishingActivities {
    private final ImageCopying copying;
    private final ImageDeprecation deprecation;
    private final ImageSharing sharing;
    private final ImageParameter parameter;

    public AwsPublishingActivities(AwsClients clients) {
        copying = new ImageCopying(clients);
        deprecation = new ImageDeprecation(clients);
        sharing = new ImageSharing(clients);
        parameter = new ImageParameter(clients);
    }

    @Override
    public ImageId copy(CopyImage request) {
        return copying.copy(request);
    }

    @Override
    public void deprecate(DeprecateImage request) {
        deprecation.deprecate(request);
    }

    @Override
    public void share(ShareImage request) {
        sharing.share(request);
    }

    @Override
    public void publish(PublishImage request) {
        parameter.publish(request);
    }
}
