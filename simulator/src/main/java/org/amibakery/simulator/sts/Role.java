package org.amibakery.simulator.sts;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describes a role that may be assumed.
 *
 * @param arn such as arn:aws:iam::123456789012:role/baker
 * @param externalId what the caller must bring along (the trust policy's sts:ExternalId), if anything
 * @param longestSession the longest session it allows, 1 to 12 hours (IAM, MaxSessionDuration)
 */
public record Role(String arn, Optional<String> externalId, Duration longestSession) {
    private static final Pattern ARN = Pattern.compile("arn:aws:iam::(?<account>\\d{12}):role/(?:.*/)?(?<name>[^/]+)");

    /** Refuses absent parts and what is no role's ARN. */
    public Role {
        requireNonNull(arn, "arn");
        requireNonNull(externalId, "externalId");
        requireNonNull(longestSession, "longestSession");
        if (!ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException(
                    "A role's ARN looks like arn:aws:iam::123456789012:role/baker, not " + arn);
        }
    }

    /** Makes a role that anyone may assume for up to an hour. */
    public static Role open(String arn) {
        return new Role(arn, Optional.empty(), Duration.ofHours(1));
    }

    /** Makes a role that asks for an external id. */
    public static Role guarded(String arn, String externalId) {
        return new Role(arn, Optional.of(externalId), Duration.ofHours(1));
    }

    String account() {
        return part("account");
    }

    String name() {
        return part("name");
    }

    private String part(String group) {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalStateException("Checked in the constructor: " + arn);
        }
        return matcher.group(group);
    }
}
