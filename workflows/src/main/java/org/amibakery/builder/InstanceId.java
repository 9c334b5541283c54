package org.amibakery.builder;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies an EC2 instance, such as {@code i-0abc}. */
public record InstanceId(@JsonValue String value) {
    @JsonCreator
    public InstanceId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
