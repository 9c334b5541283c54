package org.amibakery.aws;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/** Points every client at one address with one access key: the embedded simulator's, and nobody else's. */
public record AwsEndpoint(URI uri, String accessKeyId, String secretAccessKey) {
    public AwsEndpoint {
        requireNonNull(uri, "uri");
        requireNonNull(accessKeyId, "accessKeyId");
        requireNonNull(secretAccessKey, "secretAccessKey");
    }

    @Override
    public String toString() {
        return "%s as %s".formatted(uri, accessKeyId); // no secret in logs
    }
}
