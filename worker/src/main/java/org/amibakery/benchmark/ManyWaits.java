package org.amibakery.benchmark;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.amibakery.simulator.SimulatorOptions.RequestLimiting;

/**
 * Lets one worker bake a thousand images, and looks at it for a minute while all of them wait. Packer is not run beside it:
 * a thousand of its processes fit into no ordinary machine.
 */
final class ManyWaits {
    private static final Duration BOOT = Duration.ofSeconds(5);

    /** Longer than it takes to bring a thousand bakes so far on two processors. */
    private static final Duration IMAGE = Duration.ofMinutes(5);

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Workshop workshop;
    private final Figures figures;

    ManyWaits(Workshop workshop, Figures figures) {
        this.workshop = workshop;
        this.figures = figures;
    }

    void measure(int bakes) {
        try (Bakehouse house = Bakehouse.open(workshop, new Setting(BOOT, IMAGE, RequestLimiting.OFF))) {
            long started = System.nanoTime();
            try (Gauge whole = new Gauge(house.worker().pid())) {
                List<WorkflowStub> running = Bakes.families("thousand", bakes).stream()
                        .map(house::start)
                        .toList();
                awaitImages(house, bakes);
                add(bakes, "time until all wait", "s", since(started).toMillis() / 1000.0);
                lookAtWaiting(house, bakes);
                running.forEach(house::await);
                add(bakes, "time", "s", since(started).toMillis() / 1000.0);
                add(bakes, "CPU a bake", "s", whole.cpuSeconds() / bakes);
                add(bakes, "resident memory", "MB", whole.mostResidentMb());
                add(bakes, "threads", "threads", whole.mostThreads());
                CallCount calls = CallCount.of(house.calls());
                add(bakes, "calls a bake", "calls", (double) calls.all() / bakes);
                add(bakes, "reads a bake", "calls", (double) calls.reads() / bakes);
                add(bakes, "resident memory of the Temporal server", "MB", house.serverResidentMb());
            }
        }
    }

    private void lookAtWaiting(Bakehouse house, int bakes) {
        int before = reads(house);
        try (Gauge waiting = new Gauge(house.worker().pid())) {
            Child.pause(WINDOW);
            add(bakes, "processors while all wait", "processors", waiting.processors());
            add(bakes, "resident memory while all wait", "MB", waiting.mostResidentMb());
            add(bakes, "reads a minute while all wait", "calls", reads(house) - before);
        }
    }

    private static int reads(Bakehouse house) {
        return CallCount.of(house.calls()).reads();
    }

    private static void awaitImages(Bakehouse house, int bakes) {
        while (house.simulator().ledger().imagesEverCreated().size() < bakes) {
            Child.pause(LOOK_EVERY);
        }
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private void add(int bakes, String measure, String unit, double value) {
        figures.add(Scenario.THOUSAND, Figures.BAKERY, bakes, measure, unit, value);
    }
}
