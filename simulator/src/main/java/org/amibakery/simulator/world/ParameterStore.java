package org.amibakery.simulator.world;

import java.util.List;
import java.util.Optional;

/** The SSM parameters of one place, as EC2 needs them: resolve:ssm: image ids and DescribeImageReferences. */
public interface ParameterStore {
    /** Finds a parameter's present value. */
    Optional<String> value(String name);

    /** Lists the ARNs of parameters whose present value is this image id (data type aws:ec2:image). */
    List<String> arnsOf(String imageId);

    /** A place without parameters. */
    static ParameterStore empty() {
        return new ParameterStore() {
            @Override
            public Optional<String> value(String name) {
                return Optional.empty();
            }

            @Override
            public List<String> arnsOf(String imageId) {
                return List.of();
            }
        };
    }
}
