package org.amibakery.image;

/** The keys of the tags on an image that tell what it was baked of. Both a bake and whoever looks for a change read them. */
public final class OriginTags {
    /** The id of the foundation image. */
    public static final String FOUNDATION = "ami-bakery:foundation";
    /** The digest of the recipe as its author wrote it. */
    public static final String RECIPE_DIGEST = "ami-bakery:recipe-digest";
    /** Every playbook's archive with its version and digest. */
    public static final String PLAYBOOKS = "ami-bakery:playbooks";
    /** Every SSM document that shaped the image, with its version and digest. */
    public static final String DOCUMENTS = "ami-bakery:documents";

    private OriginTags() {}
}
