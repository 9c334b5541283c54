package org.amibakery.simulator.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Runs commands of this computer to their end, with both streams as one. */
final class HostCommand {
    private HostCommand() {}

    static Exit run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Exit(process.waitFor(), output, "");
        } catch (IOException notRun) {
            throw new UncheckedIOException(notRun);
        } catch (InterruptedException stopped) {
            throw Interrupted.during(String.join(" ", command), stopped);
        }
    }

    /** Runs one that must succeed. */
    static void succeed(List<String> command) {
        Exit exit = run(command);
        if (!exit.isSuccess()) {
            throw new IllegalStateException("%s ended with %d: %s"
                    .formatted(
                            String.join(" ", command),
                            exit.code(),
                            exit.output().strip()));
        }
    }
}
