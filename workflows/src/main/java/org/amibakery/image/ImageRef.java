package org.amibakery.image;

import static java.util.Objects.requireNonNull;

import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/** Points at an image that was created. */
public record ImageRef(Region region, ImageId id) {
    public ImageRef {
        requireNonNull(region, "region");
        requireNonNull(id, "id");
    }
}
