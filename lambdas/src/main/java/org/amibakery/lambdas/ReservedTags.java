package org.amibakery.lambdas;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The keys of the tags by which whatever a bake makes is known as ours; only the owner of a resource sees its tags. */
public final class ReservedTags {
    /** The installation that owns it. */
    public static final String STACK = "ami-bakery:stack";
    /** The recipe, and so the family of an image. */
    public static final String RECIPE = "ami-bakery:recipe";
    /** The workflow id of the bake that made it. */
    public static final String BAKE = "ami-bakery:bake";
    /** The original run id of that bake. */
    public static final String RUN = "ami-bakery:run";
    /** The instant after which nobody needs it any more; taken off an image that became good. */
    public static final String EXPIRES = "ami-bakery:expires";
    /** What an image or a snapshot is worth: baking, good or failed. */
    public static final String STATE = "ami-bakery:state";
    /** Since when retention has an image disabled. */
    public static final String DISABLED_AT = "ami-bakery:disabled-at";
    /** The image that a snapshot was made for. */
    public static final String IMAGE = "ami-bakery:image";

    private ReservedTags() {}

    /** Returns the value of a tag; absent when the resource does not carry it. */
    public static Optional<String> value(List<Tag> tags, String key) {
        return tags.stream()
                .filter(tag -> key.equals(tag.key()))
                .map(Tag::value)
                .findFirst();
    }
}
