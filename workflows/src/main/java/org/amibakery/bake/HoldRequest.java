package org.amibakery.bake;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/** Asks to keep a failed builder for so long, counted from when the bake fails or from now if it has. */
public record HoldRequest(Duration duration) {
    @JsonCreator
    public HoldRequest(@JsonProperty("duration") Duration duration) {
        this.duration = duration == null ? Duration.ZERO : duration;
    }
}
