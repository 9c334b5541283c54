package org.amibakery.change.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.amibakery.recipe.ImageId;

/** A family's good image, with what its tags tell. */
record GoodImage(ImageId id, Instant createdAt, Map<String, String> tags) {
    Optional<String> tag(String key) {
        return Optional.ofNullable(tags.get(key));
    }
}
