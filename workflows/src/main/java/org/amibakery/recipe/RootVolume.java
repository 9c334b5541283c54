package org.amibakery.recipe;

import java.util.Optional;

/**
 * Describes the builder's root volume, and so the image's.
 *
 * @param size absent means the foundation image's own size
 * @param type an EBS volume type such as {@code gp3}
 */
public record RootVolume(Optional<VolumeSize> size, String type) {
    /** The foundation image's size on gp3. */
    public static final RootVolume DEFAULT = new RootVolume(Optional.empty(), "gp3");

    public RootVolume {
        size = size == null ? Optional.empty() : size;
        type = type == null ? "gp3" : type;
    }
}
