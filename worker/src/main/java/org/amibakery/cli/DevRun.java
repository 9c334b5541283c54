package org.amibakery.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.dev.DevChild;
import org.amibakery.dev.DevTrouble;
import org.amibakery.dev.TemporalCli;
import org.amibakery.dev.TemporalInstaller;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.PortTaken;
import org.amibakery.temporal.KnownSearchAttributes;

/** Starts Temporal, the simulator and a worker, says what to do with them, and ends them. */
final class DevRun {
    private static final List<String> QUICK_SERVER = List.of(
            "system.enableActivityEagerExecution=true",
            "history.transferProcessorMaxPollRPS=100",
            "history.timerProcessorMaxPollRPS=100");

    private final Console console;
    private final Map<String, String> environment;

    /** What is to be ended, the newest first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private boolean stopping;

    DevRun(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Fetches Temporal's CLI, from that mirror if there is one. */
    ExitCode install(Optional<String> mirror) {
        Path binary = TemporalCli.installed(environment);
        String releases = mirror.orElse(TemporalInstaller.RELEASES);
        try {
            console.progress("Fetching Temporal's CLI %s from %s ...".formatted(TemporalCli.VERSION, releases));
            new TemporalInstaller(releases, System.getProperty("os.name"), System.getProperty("os.arch"))
                    .install(binary);
        } catch (DevTrouble trouble) {
            throw new CommandFailure(ExitCode.UNREACHABLE, trouble.getMessage());
        }
        console.text("Installed %s. Next: bakery dev".formatted(binary));
        return ExitCode.DONE;
    }

    /** Runs until somebody stops it, or one of its parts ends. */
    ExitCode untilStopped(DevCommand wanted) {
        TemporalCli cli = found();
        requireFree(wanted.port(), "--port");
        requireFree(wanted.uiPort(), "--ui-port");
        Thread end = new Thread(this::stop, "end of bakery dev");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            DevChild ended = run(cli, wanted).join();
            if (isStopping()) {
                return ExitCode.INTERRUPTED;
            }
            throw ended.trouble();
        } catch (DevTrouble trouble) {
            stop();
            throw new CommandFailure(ExitCode.UNEXPECTED, trouble.getMessage());
        }
    }

    private TemporalCli found() {
        try {
            return TemporalCli.find(environment);
        } catch (DevTrouble missing) {
            throw new CommandFailure(ExitCode.USAGE, missing.getMessage());
        }
    }

    private CompletableFuture<DevChild> run(TemporalCli cli, DevCommand wanted) {
        Simulator simulator = begun(simulator(wanted));
        AwsClients aws = begun(SimulatedInstallation.clients(simulator));
        SimulatedInstallation.install(simulator, aws);
        Path folder = folder();
        console.progress("Starting Temporal and a worker; their logs are in %s ...".formatted(folder));
        DevChild temporal = begun(DevChild.start(
                "Temporal's server",
                temporalCommand(cli, wanted),
                withoutProfile(folder),
                folder.resolve("temporal.log"),
                "Server:"));
        temporal.awaitReady();
        DevChild worker = begun(DevChild.start(
                "The worker",
                WorkerChild.command(),
                workerVariables(simulator, wanted, folder),
                folder.resolve("worker.log"),
                "Worker ready"));
        worker.awaitReady();
        console.text(whatNext(simulator, wanted));
        return CompletableFuture.anyOf(temporal.ended(), worker.ended()).thenApply(DevChild.class::cast);
    }

    private static Simulator simulator(DevCommand wanted) {
        try {
            return Simulator.start(
                    SimulatorOptions.defaults().withPort(wanted.simulatorPort()).withSpeed(wanted.speed()));
        } catch (PortTaken taken) {
            throw new CommandFailure(ExitCode.USAGE, taken.getMessage() + " The option is --simulator-port.");
        }
    }

    private static List<String> temporalCommand(TemporalCli cli, DevCommand wanted) {
        List<String> command = new ArrayList<>(
                List.of(cli.binary().toString(), "server", "start-dev", "--ip", "127.0.0.1", "--log-level", "warn"));
        command.addAll(List.of("--port", Integer.toString(wanted.port())));
        command.addAll(List.of("--ui-port", Integer.toString(wanted.uiPort())));
        wanted.database().ifPresent(file -> command.addAll(List.of("--db-filename", file.toString())));
        QUICK_SERVER.forEach(value -> command.addAll(List.of("--dynamic-config-value", value)));
        KnownSearchAttributes.OURS.forEach(name -> command.addAll(List.of("--search-attribute", name + "=Keyword")));
        return command;
    }

    private static Map<String, String> workerVariables(Simulator simulator, DevCommand wanted, Path folder) {
        Map<String, String> variables = new HashMap<>(withoutProfile(folder));
        variables.putAll(SimulatedInstallation.variables(simulator));
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("TEMPORAL_ADDRESS", "127.0.0.1:" + wanted.port());
        return variables;
    }

    /** The user's profile of Temporal leads to a server with other certificates and namespaces. */
    private static Map<String, String> withoutProfile(Path folder) {
        return Map.of("TEMPORAL_CONFIG_FILE", folder.resolve("temporal.toml").toString());
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("ami-bakery-dev");
            Files.writeString(folder.resolve("temporal.toml"), "[profile.default]\n"); // without one the SDK fails
            return folder;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("There is no place for logs", unwritable);
        }
    }

    private static void requireFree(int port, String option) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.setReuseAddress(true);
        } catch (IOException taken) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "127.0.0.1:%d is taken by another process, perhaps another bakery dev. Choose another one by %s."
                            .formatted(port, option));
        }
    }

    private static String whatNext(Simulator simulator, DevCommand wanted) {
        String address = wanted.port() == 7233 ? "" : "TEMPORAL_ADDRESS=127.0.0.1:%d ".formatted(wanted.port());
        String bakery = address + "./bakery";
        return """
                Ready.
                  Temporal's Web UI  http://127.0.0.1:%d
                  Temporal           127.0.0.1:%d
                  simulated AWS      %s

                In another terminal:
                  %5$s bake recipes/amazon-linux-2023.yaml --follow
                  %5$s schedule apply windows/weekly.yaml && %5$s schedule trigger weekly-base-images --follow
                  %5$s status --follow
                To look at the simulated AWS, with ./bakery images or the aws CLI, first:
                  export AWS_ENDPOINT_URL=%3$s AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=%4$s AWS_SECRET_ACCESS_KEY=%6$s"""
                .formatted(
                        wanted.uiPort(),
                        wanted.port(),
                        simulator.endpoint(),
                        simulator.credentials().id(),
                        bakery,
                        simulator.credentials().secret());
    }

    /** Keeps what is to be ended; ends it at once if all has been told to end meanwhile. */
    private synchronized <T extends AutoCloseable> T begun(T part) {
        started.push(part);
        if (stopping) {
            end(part);
        }
        return part;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        console.progress("Ending the worker, Temporal and the simulator ...");
        started.forEach(this::end);
        started.clear();
    }

    private void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception kept) { // what AutoCloseable declares; the others are to be ended all the same
            console.error("One part did not end in good order: " + kept.getMessage());
        }
    }
}
