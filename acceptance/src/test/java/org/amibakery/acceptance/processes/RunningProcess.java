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
import java.util.function.Consumer;

/** A process of its own, of which the test reads every line: its results, and what it says beside them. */
public final class RunningProcess implements AutoCloseable {
    /** Longer than any process takes to print or end on a slow, busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private int openStreams = 2;

    private RunningProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        readInBackground(process.inputReader(UTF_8), line -> {
            lines.add(line);
            results.add(line);
        });
        readInBackground(process.errorReader(UTF_8), lines::add);
    }

    /** Starts it with this process's environment, without what would lead it to another Temporal or AWS. */
    public static RunningProcess start(String name, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(RunningProcess::leadsElsewhere);
        builder.environment().putAll(environment);
        try {
            return new RunningProcess(name, builder.start());
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** Whether it has printed a line that contains the text. */
    public synchronized boolean hasPrinted(String text) {
        return line(text).isPresent();
    }

    /** Waits for a line that contains the text; fails with the whole output when the process ends without it. */
    public synchronized String awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> found = line(text);
        while (found.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (openStreams == 0 || left <= 0) {
                throw new AssertionError("%s never printed \"%s\", but:%n%s".formatted(name, text, output()));
            }
            wait(left);
            found = line(text);
        }
        return found.get();
    }

    /** Whether it has ended, for whatever reason. */
    public boolean hasEnded() {
        return !process.isAlive();
    }

    /** As the system knows it. */
    public long pid() {
        return process.pid();
    }

    /** Everything printed until now. */
    public synchronized String output() {
        return String.join("\n", lines);
    }

    /** Its standard output, complete once it has ended. */
    public synchronized String results() throws InterruptedException {
        awaitSilence();
        return String.join("\n", results);
    }

    private synchronized void awaitSilence() throws InterruptedException {
        while (openStreams > 0) {
            wait();
        }
    }

    /** Asks it to end, without waiting for that. */
    public void askToEnd() {
        process.toHandle().destroy();
    }

    /** Ends it in the midst of whatever it does (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** Stops its every thread where it is (SIGSTOP): it is not dead, and knows nothing of the time that passes. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process go on (SIGCONT). */
    public void wake() {
        signal("CONT");
    }

    /** Java itself can only end processes. */
    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("%s could not be sent SIG%s".formatted(this.name, name));
            }
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Asks it to end, as an operator or a container engine does, and tells its exit code. */
    public int terminate() throws InterruptedException {
        process.toHandle().destroy(); // SIGTERM; Process.destroy would also close the output, and lose its last lines
        return exitCode();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        return exitCode(PATIENCE);
    }

    /** Waits for its end, which may take so long. */
    public int exitCode(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("%s did not end, but printed:%n%s".formatted(name, output()));
        }
        awaitSilence();
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

    private void readInBackground(BufferedReader stream, Consumer<String> keep) {
        Thread reader = new Thread(() -> read(stream, keep), "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader stream, Consumer<String> keep) {
        try (stream) {
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                String read = line;
                noting(() -> keep.accept(read));
            }
        } catch (IOException ended) {
            noting(() -> lines.add("(The output broke off: " + ended.getMessage() + ")"));
        }
        noting(() -> openStreams--);
    }

    private synchronized void noting(Runnable change) {
        change.run();
        notifyAll();
    }

    private static boolean leadsElsewhere(String variable) {
        return variable.startsWith("TEMPORAL_") || variable.startsWith("AWS_") || variable.startsWith("BAKERY_");
    }
}
