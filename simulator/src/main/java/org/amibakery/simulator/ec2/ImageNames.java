package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.regex.Pattern;

/** What EC2 demands of image names: 3 to 128 of certain characters, once per owner and region. */
final class ImageNames {
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9()\\[\\] ./'@_-]{3,128}");

    private final Ec2Place here;

    ImageNames(Ec2Place here) {
        this.here = here;
    }

    String claim(String name) {
        if (!ALLOWED.matcher(LaunchChecks.require(name, "Name")).matches()) {
            throw refused(
                    "InvalidAMIName.Malformed",
                    "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')',"
                            + " '.', '-', '/' and '_'");
        }
        here.images().images().stream()
                .filter(image -> image.owner().equals(here.account()))
                .filter(image -> image.name().equals(name) && !image.isGoneAt(here.now()))
                .findFirst()
                .ifPresent(image -> {
                    throw refused(
                            "InvalidAMIName.Duplicate", "AMI name " + name + " is already in use by AMI " + image.id());
                });
        return name;
    }
}
