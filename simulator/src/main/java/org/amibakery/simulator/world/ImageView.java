package org.amibakery.simulator.world;

import static java.util.Objects.requireNonNull;

/**
 * An image as its neighbours see it.
 *
 * @param family distribution it descends from
 * @param architecture x86_64 or arm64
 */
public record ImageView(String id, String name, PlatformFamily family, String architecture) {
    public ImageView {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(family, "family");
        requireNonNull(architecture, "architecture");
    }
}
