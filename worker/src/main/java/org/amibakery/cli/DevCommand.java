package org.amibakery.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs everything that a bake takes in one terminal, until it is stopped. */
@Command(
        name = "dev",
        description = {
            "Run Temporal's development server with its Web UI, simulated AWS and a worker, until Ctrl-C.",
            "It takes Temporal's CLI, which --install-temporal fetches for those who have none."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery dev", "  bakery dev --db-filename bakes.db --speed 10", "  bakery dev --install-temporal"})
final class DevCommand extends BakeryCommand {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7233",
            description = "Temporal's port on 127.0.0.1. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--ui-port",
            paramLabel = "PORT",
            defaultValue = "8233",
            description = "The Web UI's. Default: ${DEFAULT-VALUE}.")
    private int uiPort;

    @Option(
            names = "--simulator-port",
            paramLabel = "PORT",
            defaultValue = "4566",
            description = "The simulated AWS's; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int simulatorPort;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "60",
            description = "How many times faster than AWS the simulator goes. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--db-filename",
            paramLabel = "FILE",
            description = "Where Temporal keeps what it knows, for the next time. Default: nowhere.")
    private Optional<Path> database = Optional.empty();

    @Option(
            names = "--install-temporal",
            description = "Fetch Temporal's CLI into your cache, check it, and end. Nothing else is changed.")
    private boolean installing;

    @Option(names = "--from", paramLabel = "URL", description = "A mirror of Temporal's releases to fetch it from.")
    private Optional<String> mirror = Optional.empty();

    DevCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        if (speed <= 0) {
            throw new CommandFailure(ExitCode.USAGE, "--speed must be greater than 0, such as 60.");
        }
        if (mirror.isPresent() && !installing) {
            throw new CommandFailure(ExitCode.USAGE, "--from is for --install-temporal only.");
        }
        DevRun run = new DevRun(console, surroundings().environment());
        return installing ? run.install(mirror) : run.untilStopped(this);
    }

    int port() {
        return port;
    }

    int uiPort() {
        return uiPort;
    }

    int simulatorPort() {
        return simulatorPort;
    }

    double speed() {
        return speed;
    }

    Optional<Path> database() {
        return database;
    }
}
