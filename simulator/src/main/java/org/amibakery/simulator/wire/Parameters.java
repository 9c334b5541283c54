package org.amibakery.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the decoded name-value pairs of a query string or form, in the order they were sent. */
record Parameters(List<Parameter> pairs) {
    Parameters {
        pairs = List.copyOf(pairs);
    }

    /** Reads a query string, where a plus is a plus. */
    static Parameters ofQuery(String rawQuery) {
        return parse(rawQuery);
    }

    /** Reads a form body, where a plus is a space. */
    static Parameters ofForm(String body) {
        return parse(body.replace('+', ' '));
    }

    Parameters and(Parameters more) {
        List<Parameter> all = new ArrayList<>(pairs);
        all.addAll(more.pairs);
        return new Parameters(all);
    }

    boolean has(String name) {
        return first(name).isPresent();
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return pairs.stream()
                .filter(pair -> pair.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    private static Parameters parse(String text) {
        List<Parameter> pairs = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.add(new Parameter(Percent.decode(name), Percent.decode(value)));
        }
        return new Parameters(pairs);
    }

    /** One decoded pair; the value is empty where none was sent. */
    record Parameter(String name, String value) {}
}
