package org.amibakery.simulator.world;

import java.util.Random;
import java.util.UUID;

/** Makes the ids that AWS writes as UUIDs, the same ones for the same seed. Safe for use by several threads. */
public final class Uuids {
    private final Random random;

    /** Starts a sequence. */
    public Uuids(long seed) {
        random = new Random(seed);
    }

    /** Makes the next random (version 4) UUID. */
    public synchronized String next() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low).toString();
    }
}
