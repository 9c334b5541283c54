package org.amibakery.builder;

import static java.util.Objects.requireNonNull;

import org.amibakery.recipe.Region;

/** Points at a builder that was launched. */
public record BuilderRef(Region region, InstanceId id) {
    public BuilderRef {
        requireNonNull(region, "region");
        requireNonNull(id, "id");
    }
}
