package org.amibakery.aws;

import static java.util.Objects.requireNonNull;

/**
 * Describes an account that is not the installation's own, and the way in.
 *
 * @param id its 12 digits
 * @param role the ARN of the role that is assumed there
 * @param externalId what the role's trust policy asks for, so that nobody else makes this worker act there
 */
public record TargetAccount(String id, String role, String externalId) {
    public TargetAccount {
        requireNonNull(id, "id");
        requireNonNull(role, "role");
        requireNonNull(externalId, "externalId");
    }

    @Override
    public String toString() {
        return "%s by %s".formatted(id, role); // external ids are no secrets, but nobody else's business
    }
}
