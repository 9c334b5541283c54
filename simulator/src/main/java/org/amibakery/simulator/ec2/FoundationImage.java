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

    /** An Amazon Linux 2023 for x86_64, named by its day as Amazon does. */
    public static FoundationImage amazonLinux(Instant createdAt) {
        return new FoundationImage(
                "al2023-ami-2023.9.%s.1-kernel-6.1-x86_64".formatted(FoundationImages.DAY.format(createdAt)),
                FoundationImages.AMAZON,
                "x86_64",
                PlatformFamily.AMAZON_LINUX,
                createdAt);
    }
}
