package org.amibakery.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.wire.Call;

/** Bakes with Packer's amazon-ebs builder, one process a bake, with no communicator: a launch, a stop, an image, an end. */
final class PackerBakes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(250);

    private static final String TEMPLATE =
            """
            {
              "builders": [
                {
                  "type": "amazon-ebs",
                  "region": "us-east-1",
                  "custom_endpoint_ec2": "%s",
                  "skip_metadata_api_check": true,
                  "communicator": "none",
                  "instance_type": "t3.medium",
                  "source_ami_filter": {
                    "filters": {"name": "al2023-ami-2023.*-x86_64", "state": "available"},
                    "owners": ["amazon"],
                    "most_recent": true
                  },
                  "ami_name": "packer-%s",
                  "tags": {"ami-bakery:state": "good"},
                  "run_tags": {"Name": "packer-builder"},
                  "snapshot_tags": {"made-by": "packer"}
                }
              ]
            }
            """;

    /** What a number of bakes at once came to. */
    record Result(Duration wall, double peakResidentMb, double peakProportionalMb, double cpuSeconds) {}

    private final Setting setting;
    private final Path packer;
    private final Workshop workshop;
    private final Simulator simulator;

    private PackerBakes(Setting setting, Path packer, Workshop workshop, Simulator simulator) {
        this.setting = setting;
        this.packer = packer;
        this.workshop = workshop;
        this.simulator = simulator;
    }

    static PackerBakes in(Setting setting, Path packer, Workshop workshop) {
        return new PackerBakes(setting, packer, workshop, Simulator.start(setting.simulator()));
    }

    /** Bakes so many images at once, looking every second. */
    Result bakeAtOnce(String name, int bakes) {
        List<Path> templates = IntStream.range(0, bakes)
                .mapToObj(number -> template("%s-%d".formatted(name, number)))
                .toList();
        double cpuBefore = ProcessView.cpuSecondsOfEndedChildren();
        long started = System.nanoTime();
        List<Child> running = templates.stream().map(this::start).toList();
        try {
            double resident = 0;
            double proportional = 0;
            for (Child child : running) {
                while (!child.endsWithin(sampleEvery())) {
                    resident = Math.max(resident, sum(running, ProcessView::residentMbOfTree));
                    proportional = Math.max(proportional, sum(running, ProcessView::proportionalMbOfTree));
                }
            }
            Duration wall = Duration.ofNanos(System.nanoTime() - started);
            running.forEach(child -> child.awaitSuccess(PATIENCE));
            return new Result(wall, resident, proportional, ProcessView.cpuSecondsOfEndedChildren() - cpuBefore);
        } finally {
            running.forEach(Child::close);
        }
    }

    /** A bake of half a second is not disturbed; what Packer takes of memory is known from those that wait. */
    private Duration sampleEvery() {
        return setting.transitions().isZero() ? PATIENCE : SAMPLE_EVERY;
    }

    List<Call> calls() {
        return simulator.calls().all();
    }

    void forgetCalls() {
        simulator.calls().clear();
    }

    @Override
    public void close() {
        simulator.close();
    }

    private static double sum(List<Child> children, ToDoubleFunction<Long> measure) {
        return children.stream()
                .filter(child -> child.exitCode().isEmpty())
                .mapToDouble(child -> measure.applyAsDouble(child.pid()))
                .sum();
    }

    private Child start(Path template) {
        Map<String, String> variables = new LinkedHashMap<>(SimulatedInstallation.variables(simulator));
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("AWS_POLL_DELAY_SECONDS", Long.toString(Setting.LOOK_EVERY.toSeconds()));
        variables.put("AWS_MAX_ATTEMPTS", "1800");
        variables.put("CHECKPOINT_DISABLE", "1");
        return Child.start(
                "packer",
                variables,
                workshop.log("packer"),
                new ArrayList<>(List.of(packer.toString(), "build", "-color=false", template.toString())));
    }

    private Path template(String name) {
        try {
            Path file = workshop.log("packer-template");
            return Files.writeString(file, TEMPLATE.formatted(simulator.endpoint(), name), StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
