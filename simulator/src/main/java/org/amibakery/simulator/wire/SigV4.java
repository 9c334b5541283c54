package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Computes Signature Version 4 of requests and of the chunks of a body. */
final class SigV4 {
    static final String CONTENT_HASH = "x-amz-content-sha256";
    private static final String HMAC = "HmacSHA256";
    private static final String EMPTY_HASH = Hashes.sha256Hex(new byte[0]);

    private final Signature signature;
    private final byte[] signingKey;

    SigV4(Signature signature, String secret) {
        this.signature = signature;
        this.signingKey = signingKey(signature, secret);
    }

    /** Computes what the signature of a request must be. */
    String signatureOf(WireRequest request) {
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                signature.timestamp(),
                signature.credentialScope(),
                Hashes.sha256Hex(canonical(request).getBytes(UTF_8)));
        return Hashes.hex(Hashes.hmac(HMAC, signingKey, toSign));
    }

    /** Computes the signature of one chunk of an aws-chunked body, given the signature before it. */
    String signatureOfChunk(String previous, byte[] chunk) {
        return chain("AWS4-HMAC-SHA256-PAYLOAD", previous, EMPTY_HASH + "\n" + Hashes.sha256Hex(chunk));
    }

    /** Computes the signature of the trailer, given as {@code name:value\n}. */
    String signatureOfTrailer(String previous, String trailer) {
        return chain("AWS4-HMAC-SHA256-TRAILER", previous, Hashes.sha256Hex(trailer.getBytes(UTF_8)));
    }

    private String chain(String algorithm, String previous, String hashes) {
        String toSign =
                String.join("\n", algorithm, signature.timestamp(), signature.credentialScope(), previous, hashes);
        return Hashes.hex(Hashes.hmac(HMAC, signingKey, toSign));
    }

    private String canonical(WireRequest request) {
        return String.join(
                "\n",
                request.method(),
                canonicalPath(request.rawPath()),
                canonicalQuery(request.query()),
                canonicalHeaders(request.headers()),
                String.join(";", signature.signedHeaders()),
                payloadHash(request));
    }

    /** The path is encoded once more than it was sent, except for S3. */
    private String canonicalPath(String rawPath) {
        boolean once = signature.scope().service().equals("s3");
        return Percent.encodePath(once ? Percent.decode(rawPath) : rawPath);
    }

    private static String canonicalQuery(Parameters query) {
        return query.pairs().stream()
                .filter(pair -> !pair.name().equals("X-Amz-Signature"))
                .map(pair -> new Parameters.Parameter(Percent.encode(pair.name()), Percent.encode(pair.value())))
                .sorted(Comparator.comparing(Parameters.Parameter::name).thenComparing(Parameters.Parameter::value))
                .map(pair -> pair.name() + "=" + pair.value())
                .collect(Collectors.joining("&"));
    }

    private String canonicalHeaders(Headers headers) {
        return signature.signedHeaders().stream()
                .map(name -> name.toLowerCase(Locale.ROOT) + ":" + canonicalValue(headers, name) + "\n")
                .collect(Collectors.joining());
    }

    private static String canonicalValue(Headers headers, String name) {
        return headers.all(name).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    private String payloadHash(WireRequest request) {
        if (signature.isPresigned() && signature.scope().service().equals("s3")) {
            return "UNSIGNED-PAYLOAD";
        }
        return request.headers().first(CONTENT_HASH).orElseGet(() -> Hashes.sha256Hex(request.body()));
    }

    private static byte[] signingKey(Signature signature, String secret) {
        byte[] day = Hashes.hmac(HMAC, ("AWS4" + secret).getBytes(UTF_8), signature.day());
        byte[] region = Hashes.hmac(HMAC, day, signature.scope().region());
        byte[] service = Hashes.hmac(HMAC, region, signature.scope().service());
        return Hashes.hmac(HMAC, service, "aws4_request");
    }
}
