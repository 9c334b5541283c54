package org.amibakery.foundation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.amibakery.recipe.Architecture;
import org.amibakery.recipe.ImageId;

/** Describes the vendor image a bake starts from. */
public record FoundationImage(
        ImageId id,
        String name,
        String ownerId,
        Architecture architecture,
        Instant createdAt,
        String rootDeviceName,
        int rootVolumeGibibytes) {

    public FoundationImage {
        requireNonNull(id, "id");
        requireNonNull(rootDeviceName, "rootDeviceName");
    }
}
