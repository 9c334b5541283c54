package org.amibakery.benchmark;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Holds what was measured of one thing, once or repeatedly.
 *
 * @param subject who was measured, such as {@code packer}
 * @param bakes how many ran at once
 * @param measure what was measured, in words
 * @param unit such as {@code s}, {@code MB} or {@code calls}
 * @param values one for each repetition; never empty
 */
public record Figure(Scenario scenario, String subject, int bakes, String measure, String unit, List<Double> values) {
    /** Measures of a single operation begin so; there are too many of them for a table. */
    static final String OF_ONE_OPERATION = "calls of ";

    public Figure {
        requireNonNull(scenario, "scenario");
        requireNonNull(subject, "subject");
        requireNonNull(measure, "measure");
        requireNonNull(unit, "unit");
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A figure without a value says nothing: " + measure);
        }
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
