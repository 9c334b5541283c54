package org.amibakery.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the product at work, with nothing installed but Java. */
@Command(
        name = "demo",
        description = {
            "Bake Amazon Linux 2023 and Ubuntu 24.04 on simulated AWS, with Temporal and a worker in this process.",
            "Then a maintenance window bakes the one that has changed meanwhile, and leaves the other alone.",
            "Nothing leaves this machine, nothing needs an account, and the account's ledger is shown at the end.",
            "With --chaos the worker is a process of its own: it is killed half-way, a reply is lost, and AWS throttles."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery demo", "  bakery demo --chaos", "  bakery demo --speed 10 --output json"})
final class DemoCommand extends BakeryCommand {
    /** Three bakes in under half a minute, with enough to see of each step. */
    private static final double SPEED = 60;

    /** Slow enough for a worker to die in the midst of a command. */
    private static final double SPEED_OF_CHAOS = 30;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "How many times faster than AWS the simulator goes. Default: 60, with --chaos 30.")
    private Optional<Double> speed = Optional.empty();

    @Option(
            names = "--chaos",
            description = "Kill the worker half-way, lose a reply, throttle calls, and show that nothing leaks.")
    private boolean chaos;

    DemoCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        if (speed.filter(wanted -> wanted <= 0).isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "--speed must be greater than 0, such as 60.");
        }
        DemoRun demo = new DemoRun(console);
        return chaos ? demo.withChaosAt(speed.orElse(SPEED_OF_CHAOS)) : demo.at(speed.orElse(SPEED));
    }
}
