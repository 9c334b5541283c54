package org.amibakery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Examines an installation. */
@Command(
        name = "doctor",
        description = {
            "Examine an installation: Temporal, its namespace and search attributes, the identity and permissions on AWS,"
                    + " documents, functions, buckets, quotas.",
            "Each fault is named with its remedy. Run it with a worker's variables and role to learn what the worker may do.",
            "With --fix it registers search attributes and installs the reaper's schedule; it changes nothing else."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery doctor", "  bakery doctor --fix --output json"})
final class DoctorCommand extends BakeryCommand {
    @Option(names = "--fix", description = "Register search attributes and install the reaper's schedule.")
    private boolean fix;

    DoctorCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        DoctorRun doctor = new DoctorRun(surroundings(), console);
        return fix ? doctor.mendAndExamine() : doctor.examine();
    }
}
