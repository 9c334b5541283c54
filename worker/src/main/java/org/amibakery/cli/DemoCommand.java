package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the product at work, with nothing installed but Java. */
@Command(
        name = "demo",
        description = {
            "Bake Amazon Linux 2023 and Ubuntu 24.04 on simulated AWS, with Temporal and a worker in this process.",
            "Nothing leaves this machine, nothing needs an account, and the account's ledger is shown at the end.",
            "With --chaos the worker is a process of its own: it is killed half-way, a reply is lost, and AWS throttles."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery demo", "  bakery demo --chaos", "  bakery demo --speed 10 --output json"})
final class DemoCommand extends BakeryCommand {
    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many times faster than AWS the simulator goes. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--chaos",
            description = "Kill the worker half-way, lose a reply, throttle calls, and show that nothing leaks.")
    private boolean chaos;

    DemoCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        if (speed <= 0) {
            throw new CommandFailure(ExitCode.USAGE, "--speed must be greater than 0, such as 30.");
        }
        DemoRun demo = new DemoRun(console);
        return chaos ? demo.withChaosAt(speed) : demo.at(speed);
    }
}
