package org.amibakery.bake;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.image.OriginTags;

/**
 * Says what the image of a bake is called and carries.
 *
 * @param tagsAtCreation go on while the image is not good yet; they tell the reaper whose it is
 * @param tagsWhenGood go on last, and make it count
 * @param stages what becomes of it beyond the eleven steps
 */
public record ImagePlan(
        String name,
        String description,
        Map<String, String> tagsAtCreation,
        Map<String, String> tagsWhenGood,
        StagePlan stages) {

    public ImagePlan {
        requireNonNull(name, "name");
        tagsAtCreation = Collections.unmodifiableMap(new LinkedHashMap<>(tagsAtCreation));
        tagsWhenGood = Collections.unmodifiableMap(new LinkedHashMap<>(tagsWhenGood));
        stages = stages == null ? StagePlan.NONE : stages; // absent from histories older than the stages
    }

    /** The same plan with one more tag at the image's creation. */
    public ImagePlan alsoTagged(String key, String value) {
        Map<String, String> tags = new LinkedHashMap<>(tagsAtCreation);
        tags.put(key, value);
        return new ImagePlan(name, description, tags, tagsWhenGood, stages);
    }

    /** What goes on at the image's creation, now that it is known what it was baked from. */
    Map<String, String> tagsAtCreation(FoundationImage foundation) {
        Map<String, String> tags = new LinkedHashMap<>(tagsAtCreation);
        tags.put(OriginTags.FOUNDATION, foundation.id().value());
        return tags;
    }
}
