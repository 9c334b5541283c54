package org.amibakery.image.aws;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.EarlierRefusals;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.image.AvailableImage;
import org.amibakery.image.CreateImage;
import org.amibakery.image.DiscardImage;
import org.amibakery.image.ImageActivities;
import org.amibakery.image.ImageRef;
import org.amibakery.image.TagImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.watch.Waits;
import org.amibakery.watch.Watchers;

/** Makes, tags and discards images on EC2. */
public final class Ec2ImageActivities implements ImageActivities {
    private final ImageCreation creation;
    private final Waits<ImageId, AvailableImage> availability;
    private final ImageMetadataAccess metadata;
    private final ImageTagging tagging;
    private final ImageRemoval removal;

    /**
     * Takes the clients, and who watches images that are being made.
     *
     * @param lookEvery how often; an image takes minutes at least
     */
    public Ec2ImageActivities(AwsClients clients, Watchers watchers, Duration lookEvery) {
        creation = new ImageCreation(clients);
        availability = watchers.waits(
                "image available", lookEvery, region -> new Ec2ImageAvailability(clients.ec2(region), region));
        metadata = new ImageMetadataAccess(clients);
        tagging = new ImageTagging(clients, watchers.crowd());
        removal = new ImageRemoval(clients, Ec2Errors.VISIBLE_WITHIN, lookEvery);
    }

    @Override
    public ImageId create(CreateImage request) {
        EarlierRefusals earlier = EarlierRefusals.ofThisActivity();
        try {
            return creation.create(request);
        } catch (ApplicationFailure refused) {
            throw ImageCreation.isAboutTheName(refused) ? refused : earlier.settle(refused);
        }
    }

    @Override
    public AvailableImage awaitAvailable(ImageRef image) {
        return availability.await(image.region(), image.id());
    }

    @Override
    public void tag(TagImage request) {
        metadata.requireSessionTokens(request.region(), request.image().id());
        tagging.tag(request);
    }

    @Override
    public void discard(DiscardImage request) {
        removal.discard(request);
    }
}
