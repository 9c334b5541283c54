package org.amibakery.benchmark;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Bakes one image or several at once, by the product and by Packer, and notes what it took. */
final class Bakes {
    private static final int WARMING_UP = 5;

    private final Workshop workshop;
    private final Figures figures;
    private final Scenario scenario;
    private final Setting setting;

    Bakes(Workshop workshop, Figures figures, Scenario scenario, Setting setting) {
        this.workshop = workshop;
        this.figures = figures;
        this.scenario = scenario;
        this.setting = setting;
    }

    /** Measures so many bakes at once, in turn by the product and by Packer. */
    void measure(List<Integer> crowds, int repeats) {
        try (Bakehouse house = Bakehouse.open(workshop, setting)) {
            warmUp(house);
            for (int bakes : crowds) {
                for (int repeat = 0; repeat < repeats; repeat++) {
                    byBakery(house, bakes, repeat);
                    workshop.packer().ifPresent(packer -> byPacker(PackerBakes.in(setting, packer, workshop), bakes));
                }
            }
        }
    }

    /** Compiled code and open connections are a worker's ordinary state; it is started once in months. */
    private void warmUp(Bakehouse house) {
        int rounds = setting.transitions().isZero() ? 2 * WARMING_UP : 1;
        for (int round = 0; round < rounds; round++) {
            house.bakeAtOnce(families("warm-up-" + round, setting.transitions().isZero() ? 1 : WARMING_UP));
        }
    }

    private void byBakery(Bakehouse house, int bakes, int repeat) {
        List<String> families = families("crowd-%d-%d".formatted(bakes, repeat), bakes);
        house.forgetCalls();
        try (Gauge gauge = new Gauge(house.worker().pid())) {
            long started = System.nanoTime();
            List<WorkflowStub> done = house.bakeAtOnce(families);
            Duration wall = Duration.ofNanos(System.nanoTime() - started);
            times(Figures.BAKERY, bakes, wall);
            calls(Figures.BAKERY, bakes, CallCount.of(house.calls()));
            add(Figures.BAKERY, bakes, "CPU a bake", "s", gauge.cpuSeconds() / bakes);
            add(Figures.BAKERY, bakes, "resident memory", "MB", gauge.mostResidentMb());
            add(Figures.BAKERY, bakes, "threads", "threads", gauge.mostThreads());
            history(house, bakes, done);
        }
    }

    private void history(Bakehouse house, int bakes, List<WorkflowStub> done) {
        var first = house.describe(done.get(0)).getWorkflowExecutionInfo();
        add(Figures.BAKERY, bakes, "history", "events", (double) first.getHistoryLength());
        add(Figures.BAKERY, bakes, "history size", "kB", first.getHistorySizeBytes() / 1000.0);
    }

    private void byPacker(PackerBakes packer, int bakes) {
        try (packer) {
            PackerBakes.Result result = packer.bakeAtOnce("bench", bakes);
            times(Figures.PACKER, bakes, result.wall());
            calls(Figures.PACKER, bakes, CallCount.of(packer.calls()));
            add(Figures.PACKER, bakes, "CPU a bake", "s", result.cpuSeconds() / bakes);
            if (result.peakResidentMb() > 0) {
                add(Figures.PACKER, bakes, "resident memory", "MB", result.peakResidentMb());
                add(Figures.PACKER, bakes, "proportional memory", "MB", result.peakProportionalMb());
            }
        }
    }

    private void times(String subject, int bakes, Duration wall) {
        add(subject, bakes, "time", "s", wall.toMillis() / 1000.0);
        if (!setting.transitions().isZero()) {
            add(
                    subject,
                    bakes,
                    "time by transitions",
                    "x",
                    (double) wall.toMillis() / setting.transitions().toMillis());
        }
    }

    private void calls(String subject, int bakes, CallCount calls) {
        add(subject, bakes, "calls a bake", "calls", (double) calls.all() / bakes);
        add(subject, bakes, "reads a bake", "calls", (double) calls.reads() / bakes);
        add(subject, bakes, "throttled calls", "calls", calls.throttled());
        calls.byOperation()
                .forEach((operation, count) ->
                        add(subject, bakes, Figure.OF_ONE_OPERATION + operation, "calls", (double) count / bakes));
    }

    private void add(String subject, int bakes, String measure, String unit, double value) {
        figures.add(scenario, subject, bakes, measure, unit, value);
    }

    static List<String> families(String prefix, int number) {
        return IntStream.range(0, number)
                .mapToObj(family -> "%s-%d".formatted(prefix, family))
                .toList();
    }
}
