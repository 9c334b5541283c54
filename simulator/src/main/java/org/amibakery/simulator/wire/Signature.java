package org.amibakery.simulator.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Signature Version 4 as it was sent, in the Authorization header or (presigned) in the query.
 *
 * @param scope access key, region and service of the credential
 * @param day the credential's date, such as {@code 20260101}
 * @param timestamp {@code X-Amz-Date} as sent
 * @param signedHeaders names of the headers signed, in the order sent
 * @param value the signature in hexadecimal
 * @param sessionToken the token of temporary credentials
 * @param lifetime how long a presigned URL holds; absent for a signed header
 */
record Signature(
        Scope scope,
        String day,
        String timestamp,
        List<String> signedHeaders,
        String value,
        Optional<String> sessionToken,
        Optional<Duration> lifetime) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Reads a request's signature; empty when there is none or it is malformed. */
    static Optional<Signature> of(WireRequest request) {
        Optional<String> header = request.headers().first("Authorization");
        if (header.isPresent() && header.get().startsWith(ALGORITHM)) {
            return ofHeader(header.get(), request.headers());
        }
        return ofQuery(request.query());
    }

    /** Tells when the request was signed; empty when the date is unreadable. */
    Optional<Instant> signedAt() {
        try {
            return Optional.of(TIMESTAMP.parse(timestamp, Instant::from));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Tells the credential scope that goes into the string to sign. */
    String credentialScope() {
        return day + "/" + scope.region() + "/" + scope.service() + "/aws4_request";
    }

    boolean isPresigned() {
        return lifetime.isPresent();
    }

    private static Optional<Signature> ofHeader(String header, Headers headers) {
        Map<String, String> parts = new HashMap<>();
        Arrays.stream(header.substring(ALGORITHM.length()).split(",", -1)).forEach(part -> {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        });
        headers.first("X-Amz-Date").ifPresent(date -> parts.put("Date", date));
        headers.first("X-Amz-Security-Token").ifPresent(token -> parts.put("Security-Token", token));
        return build(parts);
    }

    private static Optional<Signature> ofQuery(Parameters query) {
        if (!query.first("X-Amz-Algorithm").equals(Optional.of(ALGORITHM))) {
            return Optional.empty();
        }
        Map<String, String> parts = new HashMap<>();
        parts.put("Expires", "0");
        List.of("Credential", "SignedHeaders", "Signature", "Date", "Security-Token", "Expires")
                .forEach(name -> query.first("X-Amz-" + name).ifPresent(value -> parts.put(name, value)));
        return build(parts);
    }

    private static Optional<Signature> build(Map<String, String> parts) {
        String[] credential = parts.getOrDefault("Credential", "").split("/", -1);
        if (credential.length != 5 || !parts.containsKey("SignedHeaders") || !parts.containsKey("Signature")) {
            return Optional.empty();
        }
        return Optional.of(new Signature(
                new Scope(credential[0], credential[2], credential[3]),
                credential[1],
                parts.getOrDefault("Date", ""),
                List.of(parts.get("SignedHeaders").split(";", -1)),
                parts.get("Signature"),
                Optional.ofNullable(parts.get("Security-Token")),
                Optional.ofNullable(parts.get("Expires")).map(Signature::seconds)));
    }

    private static Duration seconds(String text) {
        return text.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
    }
}
