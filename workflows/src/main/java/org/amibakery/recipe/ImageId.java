package org.amibakery.recipe;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies an AMI, such as {@code ami-0abc}. */
public record ImageId(@JsonValue String value) {
    @JsonCreator
    public ImageId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
