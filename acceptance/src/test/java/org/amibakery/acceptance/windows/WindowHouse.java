package org.amibakery.acceptance.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.acceptance.processes.Product;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;

/** A real Temporal server, a worker process, and an account that the test can change behind their backs. */
public final class WindowHouse implements AutoCloseable {
    private static final SimulatorOptions QUICK = SimulatorOptions.forTests().withSpeed(60);

    private final TemporalDevServer temporal;
    private final Simulator simulator;
    private final AwsClients aws;
    private final Map<String, String> environment;
    private final RunningProcess worker;

    private WindowHouse(
            TemporalDevServer temporal,
            Simulator simulator,
            AwsClients aws,
            Map<String, String> environment,
            RunningProcess worker) {
        this.temporal = temporal;
        this.simulator = simulator;
        this.aws = aws;
        this.environment = environment;
        this.worker = worker;
    }

    /** Starts everything; skips the tests where there is no Temporal server. */
    static WindowHouse open() throws InterruptedException {
        return furnished(TemporalDevServer.require(), QUICK);
    }

    /** The same with Temporal's Web UI. */
    public static WindowHouse openWithUi() throws InterruptedException {
        return openWithUi(QUICK);
    }

    /** The same with an AWS that answers in its own time. */
    public static WindowHouse openWithUi(SimulatorOptions aws) throws InterruptedException {
        return furnished(TemporalDevServer.requireWithUi(), aws);
    }

    private static WindowHouse furnished(TemporalDevServer temporal, SimulatorOptions options)
            throws InterruptedException {
        Simulator simulator = Simulator.start(options);
        AwsClients aws = SimulatedInstallation.clients(simulator);
        SimulatedInstallation.install(simulator, aws);
        Map<String, String> environment = new HashMap<>(SimulatedInstallation.variables(simulator));
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("TEMPORAL_ADDRESS", temporal.address());
        return new WindowHouse(temporal, simulator, aws, environment, Product.worker(environment));
    }

    public TemporalDevServer temporal() {
        return temporal;
    }

    public Simulator simulator() {
        return simulator;
    }

    /** Runs a command of the product to its end. */
    public Ran bakery(String... arguments) throws InterruptedException {
        try (RunningProcess command = Product.start(environment, arguments)) {
            int exitCode = command.exitCode();
            return new Ran(exitCode, command.results(), command.output());
        }
    }

    /** Runs a command whose result is wanted as JSON. */
    public Ran json(String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "json"));
        return bakery(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        worker.close();
        aws.close();
        simulator.close();
        temporal.close();
    }

    /** Writes a file of the test's own. */
    static Path file(Path folder, String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Reads a sample of the product. */
    static String sample(String folder, String name) {
        try {
            return Files.readString(Path.of("..", folder, name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a command left: what it wrote to standard output, and that with standard error. */
    public record Ran(int exitCode, String results, String output) {
        public Ran endedWith(int code) {
            assertThat(exitCode).as(output).isEqualTo(code);
            return this;
        }

        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(results);
            } catch (IOException other) {
                throw new AssertionError("The command wrote no JSON, but: " + output, other);
            }
        }
    }
}
