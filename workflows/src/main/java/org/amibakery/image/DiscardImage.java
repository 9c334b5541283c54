package org.amibakery.image;

import java.util.Optional;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/**
 * Asks for the end of an image that never became good.
 *
 * @param id absent when the creation's outcome is unknown: the image is then looked for by name, for minutes
 * @param bake only an image whose tag names this workflow id is touched
 * @param run the bake's run; its own image goes even when it is tagged good, as tagging it may have failed half way. Empty
 *     after a reset, since the run before may have made it good, and in histories that did not tell it: then a good image
 *     stays
 */
public record DiscardImage(Region region, String name, String bake, String run, Optional<ImageId> id) {
    public DiscardImage {
        run = run == null ? "" : run;
        id = id == null ? Optional.empty() : id;
    }
}
