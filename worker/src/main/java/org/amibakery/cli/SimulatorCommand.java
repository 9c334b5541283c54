package org.amibakery.cli;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sandbox.SandboxUnavailable;
import org.amibakery.simulator.wire.PortTaken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the AWS simulator alone. */
@Command(
        name = "simulator",
        description = {
            "Run the AWS simulator on loopback, with an installed stack: a test double and a demo, not AWS.",
            "It prints the variables that point the AWS CLI, Packer or a worker at it.",
            "With --builders=sandbox an instance is a real Debian and commands really run; it takes Linux and root."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bakery simulator --port 4566 --speed 60",
            "  aws --endpoint-url http://127.0.0.1:4566 ec2 describe-images --owners amazon",
            "  bakery simulator --speed 60 --builders=sandbox /var/tmp/bakery-sandbox"
        })
final class SimulatorCommand extends BakeryCommand {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen; in a container 0.0.0.0, for its network alone. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "4566",
            description = "Its port there; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
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

    @Option(
            names = "--builders",
            paramLabel = "KIND",
            defaultValue = "scripted",
            description = {
                "scripted: commands only print what they would. sandbox: an instance of Debian is a real root in DIR,"
                        + " booted in a container; images keep its content.",
                "Default: ${DEFAULT-VALUE}."
            })
    private BuilderKind builders;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description =
                    "Where the roots of a sandbox live. The one they start from is kept, everything else is removed.")
    private Path folder;

    /** What a simulated instance is. */
    enum BuilderKind {
        SCRIPTED,
        SANDBOX
    }

    SimulatorCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        if (speed <= 0) {
            throw new CommandFailure(ExitCode.USAGE, "--speed must be greater than 0, such as 60.");
        }
        SimulatorOptions options = withBuilders(SimulatorOptions.defaults()
                .withHost(host)
                .withPort(port)
                .withSpeed(speed)
                .withSeed(seed));
        if (options.sandbox().isPresent()) {
            console.progress("Builders are real, in %s. Making the root they start from takes half a minute, once."
                    .formatted(folder));
        }
        try (Simulator simulator = started(options);
                AwsClients aws = SimulatedInstallation.clients(simulator)) {
            SimulatedInstallation.install(simulator, aws);
            console.text(variables(simulator));
            console.progress("The simulator answers until Ctrl-C. What it holds is lost then.");
            runUntilStopped();
        }
        return ExitCode.DONE;
    }

    private SimulatorOptions withBuilders(SimulatorOptions options) {
        return switch (builders) {
            case SCRIPTED -> {
                if (folder != null) {
                    throw new CommandFailure(
                            ExitCode.USAGE, "A folder is for real builders only; add --builders=sandbox.");
                }
                yield options;
            }
            case SANDBOX -> {
                if (folder == null) {
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "Real builders need a folder to live in, such as --builders=sandbox /var/tmp/bakery-sandbox.");
                }
                yield options.withSandbox(folder);
            }
        };
    }

    private static Simulator started(SimulatorOptions options) {
        try {
            return Simulator.start(options);
        } catch (PortTaken taken) {
            throw new CommandFailure(ExitCode.USAGE, taken.getMessage() + " The option is --port.");
        } catch (SandboxUnavailable unavailable) {
            throw new CommandFailure(ExitCode.USAGE, unavailable.getMessage());
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
