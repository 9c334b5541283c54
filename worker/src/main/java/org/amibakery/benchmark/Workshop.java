package org.amibakery.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds what every measurement works with: the programs of others, the product as its users start it, a folder for logs. */
final class Workshop {
    /** Set by the launcher, so that the product is measured as its users start it. */
    static final String LAUNCHER = "bakery.launcher";

    private final Path temporal;
    private final Optional<Path> packer;
    private final Path launcher;
    private final Path logs;
    private final AtomicInteger processes = new AtomicInteger();

    private Workshop(Path temporal, Optional<Path> packer, Path launcher, Path logs) {
        this.temporal = temporal;
        this.packer = packer;
        this.launcher = launcher;
        this.logs = logs;
    }

    /**
     * Gathers everything.
     *
     * @throws MissingTool when something has to be installed first
     */
    static Workshop equipped(Map<String, String> environment, Path folder) {
        Tools tools = new Tools(environment);
        String launcher = System.getProperty(LAUNCHER);
        if (launcher == null) {
            throw new MissingTool(
                    "A benchmark measures the product as its users start it: run it as ./bakery benchmark from a clone.");
        }
        if (!ProcessView.isPossible()) {
            throw new MissingTool("A benchmark reads memory and CPU from /proc, so it needs Linux 4.14 or newer.");
        }
        Path temporal = TemporalServer.binary(tools);
        Path logs = folder.resolve("logs");
        try {
            Files.createDirectories(logs);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The folder %s cannot be made".formatted(logs), unwritable);
        }
        return new Workshop(temporal, tools.find("packer"), Path.of(launcher), logs);
    }

    Path temporal() {
        return temporal;
    }

    /** Packer, if it is installed. */
    Optional<Path> packer() {
        return packer;
    }

    /** A new file for what a process says. */
    Path log(String name) {
        return logs.resolve("%03d-%s.log".formatted(processes.incrementAndGet(), name));
    }

    /** Starts {@code ./bakery …}. */
    Child bakery(String name, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return Child.start("bakery " + name, variables, log(name), command);
    }
}
