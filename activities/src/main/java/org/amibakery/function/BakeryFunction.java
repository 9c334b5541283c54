package org.amibakery.function;

/** Names the functions that a bake asks. */
public enum BakeryFunction {
    FIND_FOUNDATION_IMAGE("find-foundation-image"),
    CLEAN_UP_IMAGES("clean-up-images");

    private final String text;

    BakeryFunction(String text) {
        this.text = text;
    }

    /** The name as people write it; an installation's own begins with its stack's. */
    public String text() {
        return text;
    }
}
