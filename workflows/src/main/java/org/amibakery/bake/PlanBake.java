package org.amibakery.bake;

import java.time.Instant;
import org.amibakery.builder.BakeId;

/** Asks what a bake of this request does, started at this instant. */
public record PlanBake(BakeRequest request, BakeId bake, Instant startedAt) {
    public PlanBake {
        request = request == null ? new BakeRequest(null) : request; // a workflow started without any input
    }
}
