package org.amibakery.image;

import java.util.Optional;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/**
 * Asks for the end of an image that never became good.
 *
 * @param id absent when the creation's outcome is unknown: the image is then looked for by name, for minutes
 * @param bake only an image whose tag names this workflow id is touched
 */
public record DiscardImage(Region region, String name, String bake, Optional<ImageId> id) {
    public DiscardImage {
        id = id == null ? Optional.empty() : id;
    }
}
