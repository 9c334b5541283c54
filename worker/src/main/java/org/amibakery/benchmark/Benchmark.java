package org.amibakery.benchmark;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.amibakery.simulator.SimulatorOptions.RequestLimiting;

/** Runs what was asked for, one after the other, so that nothing measured disturbs another measurement. */
public final class Benchmark {
    private static final int ONE = 1;

    private final Request request;
    private final Consumer<String> progress;
    private final Figures figures = new Figures();

    /**
     * What is to be measured.
     *
     * @param repeats how often each comparison is repeated
     * @param crowds how many bakes at once
     * @param thousand how many bakes wait on one worker in {@link Scenario#THOUSAND}
     * @param boot how long a builder takes to run
     * @param image how long an image takes to become available
     * @param folder takes the results and the logs of all processes
     */
    public record Request(
            Set<Scenario> scenarios,
            int repeats,
            List<Integer> crowds,
            int thousand,
            Duration boot,
            Duration image,
            Path folder) {
        public Request {
            scenarios = Set.copyOf(scenarios);
            crowds = List.copyOf(crowds);
            requireNonNull(folder, "folder");
        }
    }

    /** Takes what to measure, and who is told how it goes. */
    public Benchmark(Request request, Consumer<String> progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Measures, writes everything into the folder, and tells the results.
     *
     * @throws MissingTool when something has to be installed first; nothing has begun then
     */
    public BenchmarkReport run(Map<String, String> environment) {
        Workshop workshop = Workshop.equipped(environment, request.folder());
        if (workshop.packer().isEmpty()) {
            figures.note(
                    "Packer was not found, so nothing is compared with it. Install it with: apt-get install packer");
        }
        for (Scenario scenario : Scenario.values()) {
            if (request.scenarios().contains(scenario)) {
                progress.accept("Measuring: " + scenario);
                measure(scenario, workshop);
                report().writeTo(request.folder()); // the next may take long, and be interrupted
            }
        }
        return report();
    }

    private BenchmarkReport report() {
        return new BenchmarkReport(Machine.current(), figures.all(), figures.notes());
    }

    private void measure(Scenario scenario, Workshop workshop) {
        Setting timed = new Setting(request.boot(), request.image(), RequestLimiting.OFF);
        switch (scenario) {
            case INSTANT ->
                new Bakes(workshop, figures, scenario, Setting.instant()).measure(List.of(ONE), 3 * request.repeats());
            case TIMED -> new Bakes(workshop, figures, scenario, timed).measure(List.of(ONE), request.repeats());
            case CROWD -> new Bakes(workshop, figures, scenario, timed).measure(request.crowds(), request.repeats());
            case LIMITS ->
                new Bakes(workshop, figures, scenario, timed.withLimits())
                        .measure(List.of(request.crowds().get(request.crowds().size() / 2)), ONE);
            case THOUSAND -> new ManyWaits(workshop, figures).measure(request.thousand());
            case RECOVERY -> new Recovery(workshop, figures).measure(request.repeats());
            case START -> new Starts(workshop, figures).measure(3 * request.repeats());
        }
    }
}
