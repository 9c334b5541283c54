package org.amibakery.image;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Asks for an image to be deprecated in the future.
 *
 * @param after counted from the image's own creation
 */
public record DeprecateImage(ImageRef image, Duration after) {
    public DeprecateImage {
        requireNonNull(image, "image");
        requireNonNull(after, "after");
    }
}
