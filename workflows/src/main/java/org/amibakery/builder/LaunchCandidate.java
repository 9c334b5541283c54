package org.amibakery.builder;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Names one way to launch a builder.
 *
 * @param subnet absent means the default VPC's choice
 */
public record LaunchCandidate(String instanceType, Optional<String> subnet) {
    public LaunchCandidate {
        requireNonNull(instanceType, "instanceType");
        subnet = subnet == null ? Optional.empty() : subnet;
    }

    @Override
    public String toString() {
        return subnet.map(chosen -> instanceType + " in " + chosen).orElse(instanceType);
    }
}
