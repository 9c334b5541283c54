package org.amibakery.cli;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.amibakery.codec.CodecEndpoint;
import org.amibakery.codec.PayloadKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets the Web UI and Temporal's CLI read encrypted payloads. */
@Command(
        name = "codec",
        description = {
            "Decode encrypted payloads for the Temporal Web UI and CLI, on loopback, until Ctrl-C.",
            "The keys are those of the file that BAKERY_PAYLOAD_KEYS names, as for a worker."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  BAKERY_PAYLOAD_KEYS=payload-keys.txt bakery codec",
            "  temporal workflow show --workflow-id bake/web/eu-west-1 --codec-endpoint http://127.0.0.1:8888"
        })
final class CodecCommand extends BakeryCommand {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8888",
            description = "Where to listen on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            split = ",",
            defaultValue = "http://localhost:8233,http://127.0.0.1:8233,http://localhost:8080,http://127.0.0.1:8080",
            description = "Web UIs that may ask, by scheme, host and port. Default: those on this machine.")
    private final Set<String> origins = new TreeSet<>();

    CodecCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        PayloadKeys keys = PayloadKeys.of(surroundings().environment());
        if (keys.current().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "There are no keys to decode with. Name the file that the workers have: %s=FILE bakery codec"
                            .formatted(PayloadKeys.VARIABLE));
        }
        try (CodecEndpoint endpoint = CodecEndpoint.start(port, origins, keys)) {
            console.text(endpoint.address().toString());
            console.progress("It decodes with the keys %s until Ctrl-C; set it as the codec server in the Web UI."
                    .formatted(keys));
            runUntilStopped();
        }
        return ExitCode.DONE;
    }

    private static void runUntilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
