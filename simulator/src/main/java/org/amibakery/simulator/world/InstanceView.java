package org.amibakery.simulator.world;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An instance as its neighbours see it at one moment; Systems Manager reads it to decide about the agent.
 *
 * @param state EC2's state name now: pending, running, stopping, stopped, shutting-down or terminated
 * @param runningSince start of the present run, present exactly while the state is running
 * @param family distribution the image descends from
 * @param tags in the order they were set
 * @param instanceProfile name of the instance profile; without one the agent cannot register
 */
public record InstanceView(
        String id,
        String state,
        Instant launchedAt,
        Optional<Instant> runningSince,
        String imageId,
        String imageName,
        PlatformFamily family,
        String privateIp,
        Map<String, String> tags,
        Optional<String> instanceProfile) {

    public InstanceView {
        requireNonNull(id, "id");
        requireNonNull(state, "state");
        requireNonNull(family, "family");
    }

    public boolean isRunning() {
        return runningSince.isPresent();
    }
}
