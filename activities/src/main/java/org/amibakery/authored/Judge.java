package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes records of trees, and refuses trees that break the schema or the rules behind it; the rules are asked even when
 * the schema is broken elsewhere, so that an author hears everything at once.
 *
 * @param rules finds what a schema cannot: they see examples in place of what broke the schema
 */
public record Judge<T>(Shape shape, Class<T> type, Function<T, List<Complaint>> rules) {
    public Judge {
        requireNonNull(shape, "shape");
        requireNonNull(type, "type");
        requireNonNull(rules, "rules");
    }

    /**
     * Makes a record of a tree.
     *
     * @param known problems found already, told together with the others
     * @throws InvalidInput with every problem
     */
    public T read(AuthoredTree tree, List<Problem> known) {
        Shape.Findings findings = shape.check(tree);
        TreeMapping<T> mapping = TreeMapping.of(findings.mended(), type);
        List<Complaint> complaints = new ArrayList<>();
        mapping.complaint().ifPresent(complaints::add);
        mapping.value().ifPresent(value -> complaints.addAll(rules.apply(value)));

        List<Problem> problems = new ArrayList<>(known);
        problems.addAll(findings.problems());
        complaints.stream()
                .filter(complaint -> findings.wroteThemselves(complaint.pointer()))
                .map(complaint -> tree.problemAt(complaint.pointer(), complaint.message()))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        return mapping.value().orElseThrow();
    }
}
