package org.amibakery.recipe;

import static org.amibakery.recipe.RecipeProblems.entry;

import java.util.Locale;
import java.util.Map;

/** Finds tags that EC2 would refuse or that would disturb the bakery's own. */
final class TagRules {
    private static final String TAGS_AT = "/image/tags";
    // CreateTags allows 50; ten of ami-bakery: and Name are the bakery's
    private static final int MOST_TAGS = 39;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final RecipeProblems problems;

    TagRules(RecipeProblems problems) {
        this.problems = problems;
    }

    void check(Map<String, String> tags) {
        if (tags.size() > MOST_TAGS) {
            problems.add(
                    TAGS_AT,
                    "%d tags are too many: EC2 takes 50, and eleven are the bakery's own".formatted(tags.size()),
                    "write at most " + MOST_TAGS);
        }
        tags.forEach(this::checkTag);
    }

    private void checkTag(String key, String value) {
        String pointer = entry(TAGS_AT, key);
        String folded = key.toLowerCase(Locale.ROOT);
        if (folded.startsWith("ami-bakery:")) {
            problems.add(pointer, "tags beginning with ami-bakery: are the bakery's own", "choose another key");
        } else if (folded.startsWith("aws:")) {
            problems.add(pointer, "tags beginning with aws: are reserved by AWS", "choose another key");
        } else if (key.equals("Name")) {
            problems.add(pointer, "the tag Name is the image's own name", "write it as image.name");
        } else if (key.isBlank() || key.length() > LONGEST_KEY) {
            problems.add(
                    pointer,
                    "a tag's key has %d characters".formatted(key.strip().length()),
                    "write a key of 1 to " + LONGEST_KEY);
        }
        if (value.length() > LONGEST_VALUE) {
            problems.add(
                    pointer,
                    "the value of tag %s has %d characters".formatted(key, value.length()),
                    "write at most " + LONGEST_VALUE);
        }
    }
}
