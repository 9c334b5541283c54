package org.amibakery.reaper;

import static java.util.Objects.requireNonNull;

import org.amibakery.recipe.Region;

/** Points at something that a bake made. */
public record Resource(ResourceKind kind, Region region, String id) {
    public Resource {
        requireNonNull(kind, "kind");
        requireNonNull(region, "region");
        requireNonNull(id, "id");
    }

    @Override
    public String toString() {
        return "%s %s in %s".formatted(kind.words(), id, region);
    }
}
