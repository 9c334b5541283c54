package org.amibakery.cli;

import static java.util.stream.Collectors.joining;

import java.util.concurrent.CountDownLatch;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.PortTaken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the AWS simulator alone. */
@Command(
        name = "simulator",
        description = {
            "Run the AWS simulator on loopback, with an installed stack: a test double and a demo, not AWS.",
            "It prints the variables that point the AWS CLI, Packer or a worker at it."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bakery simulator --port 4566 --speed 60",
            "  aws --endpoint-url http://127.0.0.1:4566 ec2 describe-images --owners amazon"
        })
final class SimulatorCommand extends BakeryCommand {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "4566",
            description = "Where to listen on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times faster than AWS. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides ids and the order of lists. Default: ${DEFAULT-VALUE}.")
    private long seed;

    SimulatorCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        if (speed <= 0) {
            throw new CommandFailure(ExitCode.USAGE, "--speed must be greater than 0, such as 60.");
        }
        SimulatorOptions options =
                SimulatorOptions.defaults().withPort(port).withSpeed(speed).withSeed(seed);
        try (Simulator simulator = started(options);
                AwsClients aws = SimulatedInstallation.clients(simulator)) {
            SimulatedInstallation.install(simulator, aws);
            console.text(variables(simulator));
            console.progress("The simulator answers until Ctrl-C. What it holds is lost then.");
            runUntilStopped();
        }
        return ExitCode.DONE;
    }

    private static Simulator started(SimulatorOptions options) {
        try {
            return Simulator.start(options);
        } catch (PortTaken taken) {
            throw new CommandFailure(ExitCode.USAGE, taken.getMessage() + " The option is --port.");
        }
    }

    private static String variables(Simulator simulator) {
        return SimulatedInstallation.variables(simulator).entrySet().stream()
                .map(variable -> "export %s=%s".formatted(variable.getKey(), variable.getValue()))
                .collect(joining(System.lineSeparator()));
    }

    private static void runUntilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
