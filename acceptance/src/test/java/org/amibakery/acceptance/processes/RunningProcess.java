package org.amibakery.acceptance.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of its own, of which the test reads every printed line. */
final class RunningProcess implements AutoCloseable {
    /** Longer than any process takes to print or end on a slow, busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean silent;

    private RunningProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::read, "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it with this process's environment, without what would lead it to another Temporal or AWS. */
    static RunningProcess start(String name, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(RunningProcess::leadsElsewhere);
        builder.environment().putAll(environment);
        try {
            return new RunningProcess(name, builder.start());
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** Waits for a line that contains the text; fails with the whole output when the process ends without it. */
    synchronized String awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> found = line(text);
        while (found.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (silent || left <= 0) {
                throw new AssertionError("%s never printed \"%s\", but:%n%s".formatted(name, text, output()));
            }
            wait(left);
            found = line(text);
        }
        return found.get();
    }

    /** Everything printed until now. */
    synchronized String output() {
        return String.join("\n", lines);
    }

    /** Everything it prints until its end. */
    synchronized String wholeOutput() throws InterruptedException {
        while (!silent) {
            wait();
        }
        return output();
    }

    /** Asks it to end, as an operator or a container engine does, and tells its exit code. */
    int terminate() throws InterruptedException {
        process.destroy(); // SIGTERM
        return exitCode();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("%s did not end, but printed:%n%s".formatted(name, output()));
        }
        return process.exitValue();
    }

    /** Ends it at once, if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private Optional<String> line(String text) {
        return lines.stream().filter(line -> line.contains(text)).findFirst();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException ended) {
            add("(The output broke off: " + ended.getMessage() + ")");
        }
        end();
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        silent = true;
        notifyAll();
    }

    private static boolean leadsElsewhere(String variable) {
        return variable.startsWith("TEMPORAL_") || variable.startsWith("AWS_") || variable.startsWith("BAKERY_");
    }
}
