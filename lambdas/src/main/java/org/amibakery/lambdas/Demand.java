package org.amibakery.lambdas;

import java.util.regex.Pattern;

/** Checks the components of a request record and refuses each by its name. */
public final class Demand {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-\\d+");

    private Demand() {}

    /** Returns the text, or refuses it when it is absent or blank. */
    public static String text(String component, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidFunctionRequest(String.format("The request has no %s. Add \"%s\".", component, component));
        }
        return value;
    }

    /** Returns the value, or refuses the request when it is absent. */
    public static <T> T present(String component, T value) {
        if (value == null) {
            throw new InvalidFunctionRequest(String.format("The request has no %s. Add \"%s\".", component, component));
        }
        return value;
    }

    /** Returns the region, or refuses what is not spelled like one. */
    public static String region(String value) {
        String region = text("region", value);
        if (!REGION.matcher(region).matches()) {
            throw new InvalidFunctionRequest(
                    String.format("'%s' is not a region. Write it as eu-west-1, without a zone letter.", region));
        }
        return region;
    }

    /** Returns the count, or refuses one outside its bounds. */
    public static int count(String component, int value, Bounds bounds) {
        if (value < bounds.least() || value > bounds.most()) {
            throw new InvalidFunctionRequest(String.format(
                    "%s is %d; it must be between %d and %d.", component, value, bounds.least(), bounds.most()));
        }
        return value;
    }

    /** The smallest and the largest count allowed. */
    public record Bounds(int least, int most) {}
}
