package org.amibakery.image;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.amibakery.builder.BuilderRef;

/**
 * Asks for an image of a stopped builder. The name is the key: CreateImage has no token.
 *
 * @param bake the workflow id; an image of the same name is adopted only if its tag says the same
 * @param tags go on the image and its snapshots at creation
 */
public record CreateImage(BuilderRef builder, String name, String description, String bake, Map<String, String> tags) {
    public CreateImage {
        requireNonNull(builder, "builder");
        requireNonNull(name, "name");
        requireNonNull(bake, "bake");
        tags = tags == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}
