package org.amibakery.benchmark;

import java.time.Duration;
import java.util.Map;

/** Measures how soon the product answers whoever has just started it. */
final class Starts {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Workshop workshop;
    private final Figures figures;

    Starts(Workshop workshop, Figures figures) {
        this.workshop = workshop;
        this.figures = figures;
    }

    void measure(int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            try (Child help = workshop.bakery("help", Map.of(), "--help")) {
                add("--help answered", help.awaitSuccess(PATIENCE));
            }
            try (Child demo = workshop.bakery("demo", Map.of(), "demo")) {
                add("first step of the demonstration runs", demo.awaitOutput("1/11"));
            }
            try (Bakehouse house = Bakehouse.open(workshop, Setting.instant())) {
                add("worker polls", house.workerReadyAfter());
            }
        }
    }

    private void add(String measure, Duration took) {
        figures.add(Scenario.START, Figures.BAKERY, 1, measure, "s", took.toMillis() / 1000.0);
    }
}
