package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the product at work, with nothing installed but Java. */
@Command(
        name = "demo",
        description = {
            "Bake Amazon Linux 2023 and Ubuntu 24.04 on simulated AWS, with Temporal and a worker in this process.",
            "Nothing leaves this machine, nothing needs an account, and the account's ledger is shown at the end."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery demo", "  bakery demo --speed 10 --output json"})
final class DemoCommand extends BakeryCommand {
    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many times faster than AWS the simulator goes. Default: ${DEFAULT-VALUE}.")
    private double speed;

    DemoCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        if (speed <= 0) {
            throw new CommandFailure(ExitCode.USAGE, "--speed must be greater than 0, such as 30.");
        }
        return new DemoRun(console).at(speed);
    }
}
