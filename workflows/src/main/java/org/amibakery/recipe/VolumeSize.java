package org.amibakery.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes an EBS volume in whole gibibytes, the only unit EC2 takes; written {@code 12GiB}. */
public record VolumeSize(int gibibytes) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,4})\\s?GiB");

    /**
     * Reads a size such as {@code 12GiB}.
     *
     * @throws IllegalArgumentException with a message for the recipe's author
     */
    @JsonCreator
    public static VolumeSize parse(String text) {
        Matcher size = TEXT.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a volume size; write whole gibibytes with their unit, such as 12GiB"
                            .formatted(text));
        }
        return new VolumeSize(Integer.parseInt(size.group(1)));
    }

    @JsonValue
    @Override
    public String toString() {
        return gibibytes + "GiB";
    }
}
