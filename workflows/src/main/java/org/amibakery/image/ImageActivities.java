package org.amibakery.image;

import io.temporal.activity.ActivityInterface;
import org.amibakery.recipe.ImageId;

/** Makes, tags and discards images. Every method may run more than once for one call. */
@ActivityInterface(namePrefix = "Image.")
public interface ImageActivities {
    /** Creates the image, or adopts the one this bake created under that name from that builder. */
    ImageId create(CreateImage request);

    /** Waits until the image is available. Fails with EC2's own reason when it never will be. */
    AvailableImage awaitAvailable(ImageRef image);

    /**
     * Makes the image what its users get: instances of it take session tokens alone (IMDSv2), and it and its snapshots
     * carry their final tags. Returns once every tag was read back.
     */
    void tag(TagImage request);

    /** Deregisters the image and deletes its snapshots, and returns once none of them is left. */
    void discard(DiscardImage request);
}
