package org.amibakery.simulator.ec2;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.amibakery.simulator.world.PlatformFamily;

/**
 * A public image as its vendor publishes it.
 *
 * @param ownerId the vendor's account
 * @param architecture x86_64 or arm64
 */
public record FoundationImage(
        String name, String ownerId, String architecture, PlatformFamily family, Instant createdAt) {

    public FoundationImage {
        requireNonNull(name, "name");
        requireNonNull(ownerId, "ownerId");
        requireNonNull(architecture, "architecture");
        requireNonNull(family, "family");
        requireNonNull(createdAt, "createdAt");
    }
}
