package org.amibakery.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what is measured, in the order in which it was first measured. */
final class Figures {
    static final String BAKERY = "ami-bakery";
    static final String PACKER = "packer";

    private record Key(Scenario scenario, String subject, int bakes, String measure, String unit) {}

    private final Map<Key, List<Double>> values = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds one measurement; those of the same thing become one figure. */
    void add(Scenario scenario, String subject, int bakes, String measure, String unit, double value) {
        values.computeIfAbsent(new Key(scenario, subject, bakes, measure, unit), key -> new ArrayList<>())
                .add(value);
    }

    /** Tells what a reader has to know beside the numbers, such as what was left out. */
    void note(String note) {
        notes.add(note);
    }

    List<Figure> all() {
        return values.entrySet().stream()
                .map(entry -> figure(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** What was measured of this, if it was. */
    Optional<Figure> find(Scenario scenario, String subject, int bakes, String measure) {
        return all().stream()
                .filter(figure -> figure.scenario() == scenario
                        && figure.subject().equals(subject)
                        && figure.bakes() == bakes
                        && figure.measure().equals(measure))
                .findFirst();
    }

    private static Figure figure(Key key, List<Double> measured) {
        return new Figure(key.scenario(), key.subject(), key.bakes(), key.measure(), key.unit(), measured);
    }
}
