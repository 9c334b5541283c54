package org.amibakery.authored;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;

/** Thrown when what somebody wrote cannot be used; tells every problem at once, one a line, in reading order. */
public class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidInput(List<Problem> problems) {
        this(problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::place, Place.READING_ORDER))
                .toArray(Problem[]::new));
    }

    private InvalidInput(Problem... sorted) {
        super(List.of(sorted).stream().map(Problem::toString).collect(joining("\n")));
        this.problems = List.of(sorted);
    }

    /** Every problem found, in reading order; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
