package org.amibakery.simulator.wire;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Holds what the simulator needs to verify a signature.
 *
 * @param id the access key id
 * @param secret the secret access key
 * @param sessionToken the token that temporary credentials must send along
 * @param expiry when temporary credentials end; later calls get {@code ExpiredToken}
 */
public record AccessKey(String id, String secret, Optional<String> sessionToken, Optional<Instant> expiry) {
    /** Refuses absent parts. */
    public AccessKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(sessionToken, "sessionToken");
        Objects.requireNonNull(expiry, "expiry");
    }

    /** Makes credentials that never expire. */
    public static AccessKey longTerm(String id, String secret) {
        return new AccessKey(id, secret, Optional.empty(), Optional.empty());
    }

    /** Makes credentials as AssumeRole hands out. */
    public static AccessKey temporary(String id, String secret, String sessionToken, Instant expiry) {
        return new AccessKey(id, secret, Optional.of(sessionToken), Optional.of(expiry));
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
