package org.amibakery.lambdas.foundation;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest image that answers a {@link FoundationImageQuery}.
 *
 * @param imageId for example {@code ami-0123456789abcdef0}
 * @param name the full name
 * @param ownerId account id of the owner, 12 digits
 * @param ownerAlias {@code amazon} or another alias where the owner has one
 * @param architecture as asked
 * @param creationDate when the vendor made it
 * @param rootDeviceName for example {@code /dev/xvda}
 * @param rootVolumeSizeGiB size of the root volume; a builder's may not be smaller
 * @param deprecated whether its deprecation time has passed
 */
public record FoundationImageAnswer(
        String imageId,
        String name,
        String ownerId,
        Optional<String> ownerAlias,
        String architecture,
        Instant creationDate,
        String rootDeviceName,
        int rootVolumeSizeGiB,
        boolean deprecated) {

    public FoundationImageAnswer {
        ownerAlias = ownerAlias == null ? Optional.empty() : ownerAlias;
    }
}
