package org.amibakery.acceptance.secondopinion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.acceptance.processes.RunningProcess;

/** Moto, a stand-in for AWS that others wrote, as a process on loopback. */
final class MotoServer implements AutoCloseable {
    private static final String MISSING =
            "There is no moto_server on the PATH, so nobody but our own simulator judges the"
                    + " product's calls. Get it with: pip install 'moto[server]==5.2.1'";

    private final URI endpoint;
    private final RunningProcess process;

    private MotoServer(URI endpoint, RunningProcess process) {
        this.endpoint = endpoint;
        this.process = process;
    }

    /** Starts one on a free port; skips the test where there is none, but fails it in CI. */
    static MotoServer require() throws InterruptedException {
        Optional<Path> program = find();
        if (System.getenv("CI") != null) {
            assertThat(program).as(MISSING).isPresent();
        }
        if (program.isEmpty()) {
            System.err.println("Skipped: " + MISSING); // the build's output does not show why a test was skipped
        }
        assumeTrue(program.isPresent(), MISSING);
        int port = freePort();
        RunningProcess process = RunningProcess.start(
                "moto_server",
                Map.of("PYTHONUNBUFFERED", "1"),
                List.of(program.get().toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)));
        process.awaitLine("Running on http");
        return new MotoServer(URI.create("http://127.0.0.1:" + port), process);
    }

    URI endpoint() {
        return endpoint;
    }

    /** What it has printed: a line for each call, and where it failed. */
    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "moto_server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
