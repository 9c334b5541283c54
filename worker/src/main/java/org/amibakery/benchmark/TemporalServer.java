package org.amibakery.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.amibakery.temporal.KnownSearchAttributes;

/** A real Temporal server on a free port of loopback, in memory, set up as docs/performance.md advises for any server. */
final class TemporalServer implements AutoCloseable {
    /** How its tasks are handed out at once: the defaults are made for clusters. */
    private static final List<String> SETTINGS = List.of(
            "system.enableActivityEagerExecution=true",
            "history.transferProcessorMaxPollRPS=100",
            "history.timerProcessorMaxPollRPS=100",
            "matching.numTaskqueueReadPartitions=1", // of the queue of launches; an option cannot name one
            "matching.numTaskqueueWritePartitions=1");

    private static final String MISSING =
            "A benchmark needs a real Temporal server, and there is no temporal CLI on the PATH, in $BAKERY_TOOLS or in"
                    + " ~/.cache/bakery-tools. Get it with: go install github.com/temporalio/cli/cmd/temporal@v1.5.1"
                    + " (or a release of https://github.com/temporalio/cli). Nothing was started.";

    private final Child process;
    private final String address;

    private TemporalServer(Child process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Finds the program that is a server.
     *
     * @throws MissingTool when there is none
     */
    static Path binary(Tools tools) {
        return tools.find("temporal").orElseThrow(() -> new MissingTool(MISSING));
    }

    static TemporalServer start(Path binary, Path log) {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "server",
                "start-dev",
                "--headless",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--log-level",
                "error"));
        SETTINGS.forEach(setting -> command.addAll(List.of("--dynamic-config-value", setting)));
        KnownSearchAttributes.OURS.forEach(name -> command.addAll(List.of("--search-attribute", name + "=Keyword")));
        Child process = Child.start("temporal server", Map.of(), log, command);
        process.awaitOutput("Server:");
        return new TemporalServer(process, "127.0.0.1:" + port);
    }

    String address() {
        return address;
    }

    double residentMb() {
        return ProcessView.residentMb(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
