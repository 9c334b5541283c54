package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Verifies who sent a request, and that it was sent so and just now. */
final class Gatekeeper {
    /** AWS accepts a clock that is up to 15 minutes off. */
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private static final String DEFAULT_REGION = "us-east-1";

    private final CredentialsDirectory credentials;
    private final Clock clock;

    Gatekeeper(CredentialsDirectory credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Tells what a request is addressed to, whether or not its signature is right. */
    static Scope scopeOf(WireRequest request) {
        return Signature.of(request).map(Signature::scope).orElseGet(() -> unsignedScope(request));
    }

    /**
     * Verifies a request.
     *
     * @throws SimulatorError in the addressed service's own words when the signature is missing, wrong, too old, or by
     *     a key nobody knows
     */
    VerifiedRequest verify(WireRequest request) {
        Optional<Signature> signature = Signature.of(request);
        if (signature.isPresent()) {
            return verifyV4(request, signature.get());
        }
        Scope scope = unsignedScope(request);
        if (scope.service().equals("sts")) { // AssumeRoleWithSAML and AssumeRoleWithWebIdentity carry other proof
            return new VerifiedRequest(scope, request);
        }
        if (request.query().has("AWSAccessKeyId")) {
            return verifyV2(request, scope);
        }
        throw refuse(Refusal.UNSIGNED, scope, "Request is missing an AWS signature");
    }

    /** Without a signature there is no scope: a form action is STS or EC2, all else S3. */
    private static Scope unsignedScope(WireRequest request) {
        String key = request.query().first("AWSAccessKeyId").orElse("");
        if (request.headers().has("X-Amz-Target")) {
            return new Scope(key, DEFAULT_REGION, "ssm");
        }
        if (!request.method().equals("POST") || !request.rawPath().equals("/")) {
            boolean lambda = request.rawPath().startsWith("/2015-03-31/functions");
            return new Scope(key, DEFAULT_REGION, lambda ? "lambda" : "s3");
        }
        String action = FormProtocol.parametersOf(request).first("Action").orElse("");
        return new Scope(key, DEFAULT_REGION, action.startsWith("AssumeRoleWith") ? "sts" : "ec2");
    }

    private VerifiedRequest verifyV4(WireRequest request, Signature signature) {
        Scope scope = signature.scope();
        AccessKey key = keyOf(scope, signature.sessionToken().orElse(""));
        requireTimely(signature);
        SigV4 signer = new SigV4(signature, key.secret());
        if (!Hashes.same(signer.signatureOf(request), signature.value())) {
            throw wrongSignature(scope);
        }
        WireRequest plain =
                ChunkedBody.isChunked(request) ? ChunkedBody.decode(request, signer, signature.value()) : request;
        Checksums.verify(plain);
        return new VerifiedRequest(scope, plain);
    }

    private AccessKey keyOf(Scope scope, String sessionToken) {
        AccessKey key = credentials
                .find(scope.accessKeyId())
                .filter(found -> found.sessionToken().orElse("").equals(sessionToken))
                .orElseThrow(() -> refuse(Refusal.UNKNOWN_KEY, scope, unknownKeyMessage(scope)));
        if (key.expiry().filter(expiry -> !clock.instant().isBefore(expiry)).isPresent()) {
            throw refuse(Refusal.EXPIRED_TOKEN, scope, "The security token included in the request is expired");
        }
        return key;
    }

    private void requireTimely(Signature signature) {
        Instant now = clock.instant();
        Optional<Instant> signedAt = signature.signedAt();
        if (signedAt.isEmpty()) {
            throw wrongSignature(signature.scope());
        }
        Instant expiry = signedAt.get().plus(signature.lifetime().orElse(TOLERANCE));
        boolean early = signedAt.get().isAfter(now.plus(TOLERANCE));
        if (early || now.isAfter(expiry)) {
            Refusal reason = signature.isPresigned() ? Refusal.UNSIGNED : Refusal.CLOCK_SKEWED;
            throw refuse(
                    reason,
                    signature.scope(),
                    "Request has expired: it was signed for " + signedAt.get() + " and it is " + now);
        }
    }

    /** Verifies a URL as {@code aws s3 presign} makes it, in Signature Version 2 (RFC 2104 over five lines). */
    private VerifiedRequest verifyV2(WireRequest request, Scope scope) {
        Parameters query = request.query();
        AccessKey key = keyOf(scope, query.first("x-amz-security-token").orElse(""));
        String expires = query.first("Expires").orElse("0");
        String token = query.first("x-amz-security-token")
                .map(text -> "x-amz-security-token:" + text + "\n")
                .orElse("");
        String toSign = request.method() + "\n\n\n" + expires + "\n" + token + request.rawPath();
        String expected = Base64.getEncoder()
                .encodeToString(Hashes.hmac("HmacSHA1", key.secret().getBytes(UTF_8), toSign));
        if (!Hashes.same(expected, query.first("Signature").orElse(""))) {
            throw wrongSignature(scope);
        }
        if (!expires.matches("\\d{1,12}") || clock.instant().getEpochSecond() > Long.parseLong(expires)) {
            throw refuse(Refusal.UNSIGNED, scope, "Request has expired");
        }
        return new VerifiedRequest(scope, request);
    }

    private static String unknownKeyMessage(Scope scope) {
        return scope.service().equals("ec2")
                ? "AWS was not able to validate the provided access credentials"
                : "The security token included in the request is invalid.";
    }

    private static SimulatorError wrongSignature(Scope scope) {
        String message = scope.service().equals("ec2")
                ? "AWS was not able to validate the provided access credentials"
                : "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method.";
        return refuse(Refusal.WRONG_SIGNATURE, scope, message);
    }

    private static SimulatorError refuse(Refusal reason, Scope scope, String message) {
        return reason.in(WireProtocol.of(scope.service()), message);
    }
}
