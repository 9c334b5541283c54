package org.amibakery.bake;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says what the image of a bake is called and carries.
 *
 * @param tagsAtCreation go on while the image is not good yet; they tell the reaper whose it is
 * @param tagsWhenGood go on last, and make it count
 */
public record ImagePlan(
        String name, String description, Map<String, String> tagsAtCreation, Map<String, String> tagsWhenGood) {

    public ImagePlan {
        requireNonNull(name, "name");
        tagsAtCreation = Collections.unmodifiableMap(new LinkedHashMap<>(tagsAtCreation));
        tagsWhenGood = Collections.unmodifiableMap(new LinkedHashMap<>(tagsWhenGood));
    }
}
