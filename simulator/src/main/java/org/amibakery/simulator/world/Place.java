package org.amibakery.simulator.world;

import static java.util.Objects.requireNonNull;

/** One account in one region; every simulated service keeps its state per place. */
public record Place(String account, String region) {
    public Place {
        requireNonNull(account, "account");
        requireNonNull(region, "region");
    }
}
