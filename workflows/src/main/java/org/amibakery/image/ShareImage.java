package org.amibakery.image;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.amibakery.recipe.Region;

/**
 * Asks for an image to be shared.
 *
 * @param accounts the ids of those who may launch and copy it
 */
public record ShareImage(Region region, AvailableImage image, List<String> accounts) {
    public ShareImage {
        requireNonNull(region, "region");
        requireNonNull(image, "image");
        accounts = accounts == null ? List.of() : List.copyOf(accounts);
    }
}
