package org.amibakery.acceptance.processes;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.cli.Bakery;

/** Starts the product's commands as its users do: each in a Java process, through the main class. */
public final class Product {
    /** What a worker prints once it polls. */
    public static final String WORKER_READY = "Worker ready";

    private Product() {}

    /** Starts {@code bakery COMMAND …}. */
    public static RunningProcess start(Map<String, String> environment, String... arguments) {
        return start(environment, List.of(), classPath(), arguments);
    }

    static RunningProcess start(
            Map<String, String> environment, List<String> jvmOptions, String classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, Bakery.class.getName()));
        command.addAll(List.of(arguments));
        return RunningProcess.start("bakery " + arguments[0], environment, command);
    }

    /** Starts a simulator that runs that much faster than AWS, on a free port. */
    public static RunningProcess simulator(int speed) throws InterruptedException {
        RunningProcess simulator = start(Map.of(), "simulator", "--port", "0", "--speed", Integer.toString(speed));
        simulator.awaitLine("export AWS_DEFAULT_REGION="); // the last of the variables, all on standard output
        return simulator;
    }

    /** The variables a simulator printed for those who want to reach it. */
    public static Map<String, String> variables(RunningProcess simulator) {
        Map<String, String> variables = simulator
                .output()
                .lines()
                .filter(line -> line.startsWith("export "))
                .map(line -> line.substring("export ".length()).split("=", 2))
                .collect(toMap(pair -> pair[0], pair -> pair[1]));
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        return environment;
    }

    /** Starts a worker and waits until it polls. */
    public static RunningProcess worker(Map<String, String> environment) throws InterruptedException {
        RunningProcess worker = startingWorker(environment);
        worker.awaitLine(WORKER_READY);
        return worker;
    }

    /** Starts a worker without waiting for it; it prints {@link #WORKER_READY} once it polls. */
    public static RunningProcess startingWorker(Map<String, String> environment) {
        return start(environment, "worker", "--health-port", "0");
    }

    /** This process's class path, without the tests, whose logging would replace the product's. */
    static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(joining(File.pathSeparator));
    }
}
