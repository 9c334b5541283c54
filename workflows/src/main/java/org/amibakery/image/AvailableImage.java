package org.amibakery.image;

import java.util.List;
import org.amibakery.recipe.ImageId;

/** Describes an image whose state {@code available} was seen. */
public record AvailableImage(ImageId id, List<String> snapshots) {
    public AvailableImage {
        snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
    }
}
