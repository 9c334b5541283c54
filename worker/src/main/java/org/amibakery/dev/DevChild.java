package org.amibakery.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Is a process that lives no longer than this one, and whose words go to a file. */
public final class DevChild implements AutoCloseable {
    private static final long STARTING_SECONDS = 120;

    /** Longer than a worker takes to end in good order. */
    private static final long ENDING_SECONDS = 30;

    private final String name;
    private final Process process;
    private final Path log;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private DevChild(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it, with these variables in place of the user's own of Temporal, AWS and the bakery, and waits until it is ready.
     *
     * @param sign what the line begins with by which it says so
     * @throws DevTrouble when it ends before; the message has its last words
     */
    public static DevChild start(
            String name, List<String> command, Map<String, String> variables, Path log, String sign) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(DevChild::leadsElsewhere);
        builder.environment().putAll(variables);
        try {
            DevChild child = new DevChild(name, builder.start(), log);
            child.listen(sign);
            return child;
        } catch (IOException notStarted) {
            throw new DevTrouble("%s could not be started: %s".formatted(name, notStarted.getMessage()), notStarted);
        }
    }

    /** Waits until it is ready, and tells the line by which it said so. */
    public String awaitReady() {
        try {
            return ready.get(STARTING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException ended) {
            throw trouble();
        } catch (TimeoutException silent) {
            throw new DevTrouble(
                    "%s was not ready after %d s; its log is %s".formatted(name, STARTING_SECONDS, log), silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DevTrouble("Interrupted before %s was ready.".formatted(name), interrupted);
        }
    }

    /** Tells, as a failure, that it ended by itself. */
    public DevTrouble trouble() {
        return new DevTrouble("%s has ended. Its last words:%n%s%nThe log is %s".formatted(name, lastWords(), log));
    }

    /** Ends when it has ended. */
    public CompletableFuture<DevChild> ended() {
        return process.onExit().thenApply(process -> this);
    }

    /** As the system knows it. */
    public long pid() {
        return process.pid();
    }

    /** Asks it to end, and waits; ends it by force when it does not. */
    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void listen(String sign) {
        Thread listener = new Thread(() -> keep(sign), "words of " + name);
        listener.setDaemon(true);
        listener.start();
    }

    private void keep(String sign) {
        try (BufferedReader lines = process.inputReader(UTF_8);
                PrintWriter file = new PrintWriter(Files.newBufferedWriter(log, UTF_8), true)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.println(line);
                if (line.startsWith(sign)) {
                    ready.complete(line);
                }
            }
            ready.completeExceptionally(new CompletionException("it ended", null));
        } catch (IOException brokeOff) {
            ready.completeExceptionally(brokeOff);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, UTF_8);
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException unreadable) {
            return "(its log cannot be read: " + unreadable.getMessage() + ")";
        }
    }

    private static boolean leadsElsewhere(String variable) {
        return variable.startsWith("TEMPORAL_") || variable.startsWith("AWS_") || variable.startsWith("BAKERY_");
    }
}
