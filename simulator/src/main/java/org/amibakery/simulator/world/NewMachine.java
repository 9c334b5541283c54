package org.amibakery.simulator.world;

import static java.util.Objects.requireNonNull;

/**
 * What a machine is launched with.
 *
 * @param userData as the launch gave it, decoded; empty when it gave none
 */
public record NewMachine(String instanceId, ImageView image, String userData) {
    public NewMachine {
        requireNonNull(instanceId, "instanceId");
        requireNonNull(image, "image");
        requireNonNull(userData, "userData");
    }
}
