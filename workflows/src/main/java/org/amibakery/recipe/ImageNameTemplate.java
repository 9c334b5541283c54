package org.amibakery.recipe;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Forms the names of a family's images: text with {@code {recipe}}, {@code {region}} and {@code {timestamp}}. */
public record ImageNameTemplate(String text) {
    /** The placeholder of the bake's instant. EC2 refuses a second image of one name in an account and region. */
    public static final String TIMESTAMP = "{timestamp}";

    /** Every placeholder a template may hold. */
    public static final List<String> PLACEHOLDERS = List.of("{recipe}", "{region}", TIMESTAMP);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");
    // no colons: CreateImage refuses them in a Name
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public ImageNameTemplate {
        requireNonNull(text, "text");
    }

    /** The name of the image that a bake of this recipe, begun at this instant, makes in this region. */
    public String expand(String recipe, Region region, Instant bakeBegan) {
        return text.replace("{recipe}", recipe)
                .replace("{region}", region.name())
                .replace(TIMESTAMP, INSTANT.format(bakeBegan));
    }

    /** What stands in braces without being a placeholder. */
    List<String> unknownPlaceholders() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(placeholder -> !PLACEHOLDERS.contains(placeholder))
                .toList();
    }
}
