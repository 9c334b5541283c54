package org.amibakery.simulator.wire;

import java.util.Objects;

/**
 * Names who calls which service where, as the credential scope of the request's signature says.
 *
 * @param accessKeyId the caller's access key; empty for the few unsigned calls
 * @param region such as {@code us-east-1}
 * @param service the signing name: {@code ec2}, {@code ssm}, {@code lambda}, {@code s3}, {@code sns} or {@code sts}
 */
public record Scope(String accessKeyId, String region, String service) {
    /** Refuses absent parts. */
    public Scope {
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(service, "service");
    }
}
