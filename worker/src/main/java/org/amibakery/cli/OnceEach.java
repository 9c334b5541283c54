package org.amibakery.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells a line of each report, but not the same one twice in a row. */
final class OnceEach<R> implements Function<R, List<String>> {
    private final Function<R, String> line;
    private Optional<String> told = Optional.empty();

    private OnceEach(Function<R, String> line) {
        this.line = line;
    }

    static <R> OnceEach<R> of(Function<R, String> line) {
        return new OnceEach<>(line);
    }

    @Override
    public List<String> apply(R report) {
        Optional<String> now = Optional.of(line.apply(report));
        if (now.equals(told)) {
            return List.of();
        }
        told = now;
        return List.of(now.get());
    }
}
