package org.amibakery.simulator.ec2;

import java.util.List;
import java.util.Optional;
import org.amibakery.simulator.world.ParameterStore;

/** A parameter store with the one parameter /web, whose value is an image id. */
record OneParameter(String imageId) implements ParameterStore {
    @Override
    public Optional<String> value(String name) {
        return Optional.of(imageId).filter(value -> name.equals("/web"));
    }

    @Override
    public List<String> arnsOf(String wantedImageId) {
        return imageId.equals(wantedImageId) ? List.of("arn:aws:ssm:eu-west-1:123456789012:parameter/web") : List.of();
    }
}
