package org.amibakery.recipe;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what the image is called, and what becomes of it once it is good.
 *
 * @param name a template with placeholders, see {@link ImageNameTemplate}; the bake's own instant keeps it unique
 * @param encrypt whether the image's snapshots are encrypted; true unless the recipe says otherwise
 * @param shareWith account ids that may launch the image; the group {@code all} is refused
 * @param copyTo regions that get a copy
 * @param parameter the SSM parameter that names the newest good image
 * @param deprecateAfter the image is deprecated so long after its creation
 * @param test what must succeed on an instance of the new image before it counts as good
 */
public record ImageRecipe(
        String name,
        Map<String, String> tags,
        Boolean encrypt,
        List<String> shareWith,
        List<Region> copyTo,
        Optional<String> parameter,
        Optional<Duration> deprecateAfter,
        Optional<ImageTest> test) {

    /** Names images after their recipe and the bake's instant. */
    public static final String DEFAULT_NAME = "{recipe}-{timestamp}";

    /** An encrypted image with the default name, shared with nobody. */
    public static final ImageRecipe DEFAULT = new ImageRecipe(
            DEFAULT_NAME, Map.of(), true, List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public ImageRecipe {
        name = name == null ? DEFAULT_NAME : name;
        tags = tags == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        encrypt = encrypt == null ? Boolean.TRUE : encrypt;
        shareWith = shareWith == null ? List.of() : List.copyOf(shareWith);
        copyTo = copyTo == null ? List.of() : List.copyOf(copyTo);
        parameter = parameter == null ? Optional.empty() : parameter;
        deprecateAfter = deprecateAfter == null ? Optional.empty() : deprecateAfter;
        test = test == null ? Optional.empty() : test;
    }
}
