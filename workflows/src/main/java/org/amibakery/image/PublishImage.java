package org.amibakery.image;

import static java.util.Objects.requireNonNull;

/**
 * Asks for a parameter to name an image.
 *
 * @param parameter the name of an SSM parameter in the image's region
 */
public record PublishImage(ImageRef image, String parameter) {
    public PublishImage {
        requireNonNull(image, "image");
        requireNonNull(parameter, "parameter");
    }
}
