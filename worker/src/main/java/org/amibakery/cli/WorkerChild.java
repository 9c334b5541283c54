package org.amibakery.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs {@code bakery worker} as a process of its own, so that it can be killed as a kernel kills. */
final class WorkerChild implements AutoCloseable {
    private static final List<String> QUICK_START = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final Path log;
    private final Thread killer;

    private WorkerChild(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.killer = new Thread(process::destroyForcibly, "end of worker " + process.pid());
        try {
            Runtime.getRuntime().addShutdownHook(killer); // whoever ends this command ends its workers
        } catch (IllegalStateException shuttingDown) {
            process.destroyForcibly();
            throw shuttingDown;
        }
    }

    /**
     * Starts one that sees these variables instead of the user's own of Temporal, AWS and the bakery.
     *
     * @param log takes what it has to say
     */
    static WorkerChild start(Map<String, String> variables, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(log.toFile());
        builder.environment().keySet().removeIf(WorkerChild::leadsElsewhere);
        builder.environment().putAll(variables);
        try {
            return new WorkerChild(builder.start(), log);
        } catch (IOException notStarted) {
            throw new UncheckedIOException("No worker could be started as a process of its own", notStarted);
        }
    }

    /** The words that start one which writes as little as it can. */
    static List<String> command() {
        return Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        QUICK_START.stream(),
                        Stream.of("-cp", System.getProperty("java.class.path"), Bakery.class.getName()),
                        Stream.of("worker", "--health-port", "0", "--log-level", "warn"))
                .flatMap(words -> words)
                .toList();
    }

    /** Waits until it polls. */
    WorkerChild awaitReady() {
        try {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8); // stays open: it is the process's own
            String line = lines.readLine();
            if (line == null || !line.startsWith("Worker ready")) {
                throw new CommandFailure(
                        ExitCode.UNEXPECTED,
                        "The worker process %d ended before it polled:%n%s"
                                .formatted(pid(), Files.readString(log, StandardCharsets.UTF_8)));
            }
            return this;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it at once, with no chance to say good-bye (SIGKILL), and waits until it is dead. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException shuttingDown) {
            killer.interrupt(); // it has begun, and has nothing left to kill
        }
    }

    private static boolean leadsElsewhere(String variable) {
        return variable.startsWith("TEMPORAL_") || variable.startsWith("AWS_") || variable.startsWith("BAKERY_");
    }
}
