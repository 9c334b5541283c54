package org.amibakery.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.simulator.Simulator;

/** Lets the clean-up function plan for a family of 100,000 images, in a process as small as the function in Lambda. */
final class LargeFamily {
    static final int IMAGES = 100_000;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** The function has 512 MB there; a JVM needs a good 100 of them beside its heap. */
    private static final List<String> SMALL_JVM =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m", "-Xss512k");

    private final Workshop workshop;
    private final Figures figures;

    LargeFamily(Workshop workshop, Figures figures) {
        this.workshop = workshop;
        this.figures = figures;
    }

    void measure() {
        try (Simulator simulator = Simulator.start(Setting.instant().simulator())) {
            Map<String, String> tags = Map.of(
                    "ami-bakery:stack", SimulatedInstallation.STACK,
                    "ami-bakery:recipe", "large",
                    "ami-bakery:state", "good");
            Instant now = Instant.now();
            for (int image = 0; image < IMAGES; image++) {
                simulator.ec2().ownsImage("large-" + image, now.minus(Duration.ofHours(image)), tags);
            }
            plan(simulator);
        }
    }

    private void plan(Simulator simulator) {
        Map<String, String> variables = new LinkedHashMap<>(SimulatedInstallation.variables(simulator));
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_JVM);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                RetentionPlan.class.getName(),
                simulator.options().region()));
        try (Child function = Child.start("retention plan", variables, workshop.log("retention"), command)) {
            Duration took = function.awaitSuccess(PATIENCE);
            add("plan of %,d images".formatted(IMAGES), "s", took.toMillis() / 1000.0);
            add("resident memory", "MB", RetentionPlan.peakMb(function.output()));
            add("calls", "calls", simulator.calls().all().size());
        }
    }

    private void add(String measure, String unit, double value) {
        figures.add(Scenario.RETENTION, Figures.BAKERY, 1, measure, unit, value);
    }
}
