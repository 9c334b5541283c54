package org.amibakery.bake.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.builder.BakeId;
import org.amibakery.image.OriginTags;

/**
 * Forms the tags on everything a bake makes, by which cleanup, retention and the reaper know whose it is.
 *
 * @param expires after this instant whatever still carries the tag may be removed
 */
record BakeTags(String stack, String recipe, BakeId bake, Instant expires) {
    private static final String PREFIX = "ami-bakery:";
    private static final String STATE = PREFIX + "state";

    private static final int SHORT_VERSION = 12;
    private static final int SHORT_DIGEST = 16;

    /** Goes on the builder, its volume and its network interface. */
    Map<String, String> ofBuilder() {
        return named("ami-bakery builder of " + recipe);
    }

    /** Goes on the instance that tests the image, its volume and its network interface. */
    Map<String, String> ofTest() {
        return named("ami-bakery test of " + recipe);
    }

    /** Goes on the image and its snapshots while the image is not good yet. */
    Map<String, String> ofUnfinishedImage(String name, String recipeDigest, List<PinnedPlaybook> playbooks) {
        Map<String, String> tags = named(name);
        tags.put(OriginTags.RECIPE_DIGEST, recipeDigest);
        tags.put(
                OriginTags.PLAYBOOKS,
                TagValue.of(playbooks.stream().map(BakeTags::origin).toList()));
        tags.put(STATE, "baking");
        return tags;
    }

    /**
     * Goes on last. The author's own tags come only now, so that nobody who looks for them finds an image that is not
     * good.
     */
    static Map<String, String> ofGoodImage(Map<String, String> authorsTags) {
        Map<String, String> tags = new LinkedHashMap<>(authorsTags);
        tags.put(STATE, "good");
        return tags;
    }

    private Map<String, String> named(String name) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("Name", name);
        tags.put(PREFIX + "stack", stack);
        tags.put(PREFIX + "recipe", recipe);
        tags.put(PREFIX + "bake", bake.workflowId());
        tags.put(PREFIX + "run", bake.originalRunId());
        tags.put(PREFIX + "expires", expires.toString());
        return tags;
    }

    private static String origin(PinnedPlaybook pinned) {
        return "%s@%s:%s"
                .formatted(
                        shortened(pinned.address().fileName(), 100),
                        shortened(pinned.versionId(), SHORT_VERSION),
                        shortened(pinned.sha256(), SHORT_DIGEST));
    }

    static String origin(String document, DocumentVersion version) {
        return "%s@%s:%s".formatted(document, version.number(), shortened(version.hash(), SHORT_DIGEST));
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
