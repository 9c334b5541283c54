package org.amibakery.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.recipe.Region;

/**
 * Asks for the final tags of an image and its snapshots.
 *
 * @param remove tag keys that a published image does not carry
 */
public record TagImage(Region region, AvailableImage image, Map<String, String> tags, List<String> remove) {
    public TagImage {
        tags = tags == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        remove = remove == null ? List.of() : List.copyOf(remove);
    }
}
