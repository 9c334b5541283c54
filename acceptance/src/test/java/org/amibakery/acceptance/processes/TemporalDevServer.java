package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.amibakery.temporal.KnownSearchAttributes;

/** A real Temporal server on loopback, and its CLI as a client that knows nothing of the product. */
public final class TemporalDevServer implements AutoCloseable {
    private static final String MISSING = "There is no temporal CLI on the PATH, in $BAKERY_TOOLS or in"
            + " ~/.cache/bakery-tools, so nothing shows that the product works with a real Temporal server. Get it with:"
            + " go install github.com/temporalio/cli/cmd/temporal@v1.5.1";

    private static final String SEARCH_ATTRIBUTE = "--search-attribute";
    private static final String SEARCH_ATTRIBUTE_TYPE = "=Keyword";
    private static final String HEADLESS = "--headless";

    private static final int LOWEST_PORT = 20_000;

    /** From here on any connection may take a port before whoever was given it listens (Linux, ip_local_port_range). */
    private static final int LOWEST_EPHEMERAL_PORT = 32_768;

    private final Path binary;
    private final String address;
    private final List<String> command;
    private RunningProcess server;

    private final int uiPort = freePort();

    private TemporalDevServer(Path binary, int port, Optional<Path> database) {
        this.binary = binary;
        address = "127.0.0.1:" + port;
        command = command(binary, port, database);
    }

    /**
     * Starts one on a free port, which forgets everything when it ends; skips the tests where there is no binary, but fails
     * them in CI.
     */
    public static TemporalDevServer require() throws InterruptedException {
        return started(new TemporalDevServer(binary(), freePort(), Optional.empty()));
    }

    /** Starts one that keeps what it knows in this file, so that it can be {@linkplain #kill killed} and {@linkplain #startAgain started again}. */
    public static TemporalDevServer requireWithDatabase(Path database) throws InterruptedException {
        return started(new TemporalDevServer(binary(), freePort(), Optional.of(database)));
    }

    /** Starts one whose namespace knows no search attributes of ours, as a new one does. */
    public static TemporalDevServer requireWithoutSearchAttributes() throws InterruptedException {
        TemporalDevServer temporal = new TemporalDevServer(binary(), freePort(), Optional.empty());
        temporal.command.removeIf(
                argument -> argument.equals(SEARCH_ATTRIBUTE) || argument.endsWith(SEARCH_ATTRIBUTE_TYPE));
        return started(temporal);
    }

    /** Starts one whose queues have one partition each, so that they keep their rates exactly, as docs/configuration.md advises. */
    public static TemporalDevServer requireWithExactRates() throws InterruptedException {
        TemporalDevServer temporal = new TemporalDevServer(binary(), freePort(), Optional.empty());
        temporal.command.addAll(List.of(
                "--dynamic-config-value",
                "matching.numTaskqueueReadPartitions=1",
                "--dynamic-config-value",
                "matching.numTaskqueueWritePartitions=1"));
        return started(temporal);
    }

    /** Starts one with its Web UI, and more options of the server. */
    public static TemporalDevServer requireWithUi(String... options) throws InterruptedException {
        TemporalDevServer temporal = new TemporalDevServer(binary(), freePort(), Optional.empty());
        temporal.command.remove(HEADLESS);
        temporal.command.addAll(List.of("--ui-port", Integer.toString(temporal.uiPort)));
        temporal.command.addAll(List.of(options));
        return started(temporal);
    }

    /** Starts one with namespaces of its own beside the default one. */
    public static TemporalDevServer requireWithNamespaces(List<String> namespaces) throws InterruptedException {
        TemporalDevServer temporal = new TemporalDevServer(binary(), freePort(), Optional.empty());
        namespaces.forEach(namespace -> temporal.command.addAll(List.of("--namespace", namespace)));
        return started(temporal);
    }

    private static TemporalDevServer started(TemporalDevServer temporal) throws InterruptedException {
        temporal.start();
        return temporal;
    }

    private static Path binary() {
        Optional<Path> binary = find();
        if (System.getenv("CI") != null) {
            assertThat(binary).as(MISSING).isPresent();
        }
        if (binary.isEmpty()) {
            System.err.println("Skipped: " + MISSING); // the build's output does not show why a test was skipped
        }
        assumeTrue(binary.isPresent(), MISSING);
        return binary.get();
    }

    private void start() throws InterruptedException {
        server = RunningProcess.start("temporal server", Map.of(), command);
        server.awaitLine("Server:");
    }

    /** Ends it in the midst of what it does (SIGKILL). */
    public void kill() {
        server.kill();
    }

    /** Starts it again after its end, at the same address and with the same database. */
    public void startAgain() throws InterruptedException {
        start();
    }

    /** The CLI, which is the server as well. */
    Path executable() {
        return binary;
    }

    /** Where clients find it. */
    public String address() {
        return address;
    }

    /** Where browsers find its Web UI, if it has one. */
    public String ui() {
        return "http://127.0.0.1:" + uiPort;
    }

    /** Runs the CLI and tells what it printed, whatever its exit code. */
    public CliAnswer cli(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--address", address, "--output", "json"));
        try (RunningProcess cli = RunningProcess.start("temporal " + arguments[0], Map.of(), command)) {
            return new CliAnswer(cli.exitCode(), cli.results(), cli.output());
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** The poll rates bound how soon a bake's next task is handed out; their defaults are made for clusters. */
    private static List<String> command(Path binary, int port, Optional<Path> database) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "server",
                "start-dev",
                HEADLESS,
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--log-level",
                "error",
                "--dynamic-config-value",
                "system.enableActivityEagerExecution=true",
                "--dynamic-config-value",
                "frontend.MaxConcurrentBatchOperationPerNamespace=10",
                "--dynamic-config-value",
                "history.transferProcessorMaxPollRPS=100",
                "--dynamic-config-value",
                "history.timerProcessorMaxPollRPS=100"));
        database.ifPresent(file -> command.addAll(List.of("--db-filename", file.toString())));
        KnownSearchAttributes.OURS.forEach(
                name -> command.addAll(List.of(SEARCH_ATTRIBUTE, name + SEARCH_ATTRIBUTE_TYPE)));
        return command;
    }

    private static Optional<Path> find() {
        Stream<Path> path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of);
        Stream<Path> tools = Stream.ofNullable(System.getenv("BAKERY_TOOLS")).map(Path::of);
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "bakery-tools");
        return Stream.of(path, tools, Stream.of(cache))
                .flatMap(folders -> folders)
                .map(folder -> folder.resolve("temporal"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A port of loopback that nobody listens at now. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_EPHEMERAL_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) { // another one will do
            }
        }
    }
}
