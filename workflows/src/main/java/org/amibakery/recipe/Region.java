package org.amibakery.recipe;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an AWS region, such as {@code eu-west-1}. */
public record Region(@JsonValue String name) {
    @JsonCreator
    public Region {
        requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
