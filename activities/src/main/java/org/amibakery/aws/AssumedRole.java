package org.amibakery.aws;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Lends credentials of a role, in a session for each bake: the SDK asks for them on the thread that calls, so one client of
 * a region serves every bake there. Thread-safe.
 *
 * <p>A session lasts an hour, which is all that a role assumed from a role allows, and is renewed five minutes earlier.
 * A role that may not be assumed fails the call with what STS said.
 */
final class AssumedRole implements AwsCredentialsProvider {
    private static final Duration SESSION = Duration.ofHours(1);
    private static final Duration RENEWED_BEFORE_ITS_END = Duration.ofMinutes(5);

    private final TargetAccount account;
    private final Supplier<StsClient> sts;
    private final Clock clock;
    private final Map<String, AwsSessionCredentials> sessions = new ConcurrentHashMap<>();

    /**
     * Assumes nothing yet.
     *
     * @param sts with the worker's own credentials
     */
    AssumedRole(TargetAccount account, Supplier<StsClient> sts, Clock clock) {
        this.account = requireNonNull(account, "account");
        this.sts = requireNonNull(sts, "sts");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public AwsCredentials resolveCredentials() {
        String name = SessionName.current();
        Optional<AwsSessionCredentials> known = Optional.ofNullable(sessions.get(name));
        return known.filter(session -> lasts(session, RENEWED_BEFORE_ITS_END)).orElseGet(() -> renewed(name, known));
    }

    /** Outside of the map's locks, as STS may take a while; two who ask at once open two sessions, which harms nobody. */
    private AwsSessionCredentials renewed(String name, Optional<AwsSessionCredentials> known) {
        try {
            AwsSessionCredentials opened = open(name);
            sessions.values().removeIf(session -> !lasts(session, Duration.ZERO)); // those of ended bakes
            sessions.put(name, opened);
            return opened;
        } catch (RuntimeException refused) { // STS may be away for a moment while the last session is still good
            return known.filter(session -> lasts(session, Duration.ZERO)).orElseThrow(() -> refused);
        }
    }

    private boolean lasts(AwsSessionCredentials session, Duration longer) {
        Instant end = session.expirationTime().orElse(Instant.MAX);
        return clock.instant().plus(longer).isBefore(end);
    }

    private AwsSessionCredentials open(String name) {
        Credentials lent = sts.get()
                .assumeRole(assume -> assume.roleArn(account.role())
                        .externalId(account.externalId())
                        .roleSessionName(name)
                        .durationSeconds(Math.toIntExact(SESSION.toSeconds())))
                .credentials();
        return AwsSessionCredentials.builder()
                .accessKeyId(lent.accessKeyId())
                .secretAccessKey(lent.secretAccessKey())
                .sessionToken(lent.sessionToken())
                .expirationTime(lent.expiration())
                .build();
    }
}
