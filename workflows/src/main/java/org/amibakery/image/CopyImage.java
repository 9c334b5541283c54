package org.amibakery.image;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.amibakery.recipe.Region;

/**
 * Asks for a copy of a good image in another region.
 *
 * @param region where the copy goes
 * @param encrypted whether the copy's snapshots are encrypted; those of an encrypted image always are
 * @param tags go on the copy and its snapshots at creation; none is taken over from the image
 */
public record CopyImage(
        Region region,
        CopyToken token,
        ImageRef source,
        String name,
        String description,
        boolean encrypted,
        Map<String, String> tags) {
    public CopyImage {
        requireNonNull(region, "region");
        requireNonNull(token, "token");
        requireNonNull(source, "source");
        requireNonNull(name, "name");
        tags = tags == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}
