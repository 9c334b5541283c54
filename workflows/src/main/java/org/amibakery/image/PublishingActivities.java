package org.amibakery.image;

import io.temporal.activity.ActivityInterface;
import org.amibakery.recipe.ImageId;

/**
 * Brings good images to those who use them. Every method may run more than once for one call.
 *
 * <p>Failures carry an {@link org.amibakery.failure.Refusal} as detail.
 */
@ActivityInterface(namePrefix = "Publishing.")
public interface PublishingActivities {
    /** Copies the image, or answers with the copy this token made before. */
    ImageId copy(CopyImage request);

    /** Sets when the image is deprecated. */
    void deprecate(DeprecateImage request);

    /** Lets accounts launch the image and read its snapshots, and returns once the permissions were read back. */
    void share(ShareImage request);

    /** Lets the parameter name the image, whatever it named before, and returns once that was read back. */
    void publish(PublishImage request);
}
