package org.amibakery.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that a benchmark runs, with its output in a file. It ends with the benchmark at the latest. */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final String name;
    private final Process process;
    private final Path log;
    private final long startedAt;
    private final Thread killer;

    private Child(String name, Process process, Path log, long startedAt) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.startedAt = startedAt;
        this.killer = new Thread(process::destroyForcibly, "end of " + name);
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /** Starts it with this process's environment, without what leads to another Temporal or AWS. */
    static Child start(String name, Map<String, String> variables, Path log, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(Child::leadsElsewhere);
        builder.environment().putAll(variables);
        long now = System.nanoTime();
        try {
            return new Child(name, builder.start(), log, now);
        } catch (IOException notStarted) {
            throw new UncheckedIOException(name + " could not be started", notStarted);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until its output contains the text, and tells how long after its start that was. */
    Duration awaitOutput(String text) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!output().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("%s never printed \"%s\", but:%n%s".formatted(name, text, output()));
            }
            pause(LOOK_EVERY);
        }
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Waits so long for its end, and tells whether it came. */
    boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits for its end, which must be a success, and tells how long it ran. */
    Duration awaitSuccess(Duration patience) {
        if (!endsWithin(patience)) {
            throw new IllegalStateException(
                    "%s did not end within %d s:%n%s".formatted(name, patience.toSeconds(), output()));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "%s failed with exit code %d:%n%s".formatted(name, process.exitValue(), output()));
        }
        return took;
    }

    /** Its exit code, or nothing while it runs. */
    Optional<Integer> exitCode() {
        return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** Asks it to end in good order (SIGTERM), without waiting. */
    void askToEnd() {
        process.toHandle().destroy();
    }

    /** Ends it at once (SIGKILL), and waits until it is gone. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException shuttingDown) {
            killer.interrupt(); // it has begun, and has nothing left to end
        }
    }

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static boolean leadsElsewhere(String variable) {
        return variable.startsWith("TEMPORAL_") || variable.startsWith("AWS_") || variable.startsWith("BAKERY_");
    }
}
