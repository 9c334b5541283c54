package org.amibakery.lambdas;

import java.util.List;
import java.util.function.Supplier;

/** Keeps what was found for a listing's first page for the pages after it, until something changes. */
final class Listing<T> {
    private Object asked = "nothing yet";
    private List<T> found = List.of();

    /** Returns what answers the question, looking for it unless the same was asked before and nothing changed since. */
    List<T> of(Object question, Supplier<List<T>> look) {
        if (!question.equals(asked)) {
            found = look.get();
            asked = question;
        }
        return found;
    }

    void forget() {
        asked = "nothing";
        found = List.of();
    }
}
