package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Points to where something was written.
 *
 * @param source the file as the user named it, an option such as {@code --set deadline=4}, a variable, or a JSON
 *     pointer where nothing better is known
 * @param line from 1; 0 for a source without lines
 * @param column from 1, in characters; 0 for a source without lines
 */
public record Place(String source, int line, int column) {
    /** Sorts places in files before others, and then as a reader meets them. */
    static final Comparator<Place> READING_ORDER = Comparator.comparing((Place place) -> place.line() == 0)
            .thenComparing(place -> place.line() == 0 ? "" : place.source())
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column);

    public Place {
        requireNonNull(source, "source");
    }

    /** A place in a source that has no lines. */
    public static Place of(String source) {
        return new Place(source, 0, 0);
    }

    /** The place as compilers write it, {@code file:line:column}, so that editors and terminals link it. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
