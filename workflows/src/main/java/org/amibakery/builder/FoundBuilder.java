package org.amibakery.builder;

import java.util.Optional;

/**
 * Answers whether a launch made an instance.
 *
 * @param id absent when the launch was settled to have made none
 */
public record FoundBuilder(Optional<InstanceId> id) {
    public FoundBuilder {
        id = id == null ? Optional.empty() : id;
    }
}
