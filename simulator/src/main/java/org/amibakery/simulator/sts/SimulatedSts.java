package org.amibakery.simulator.sts;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Shows STS to the holder of one access key through the SDK's own interface. */
final class SimulatedSts implements StsClient {
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);
    private static final Duration DEFAULT_SESSION = Duration.ofHours(1);
    private static final Duration LONGEST_CHAINED_SESSION = Duration.ofHours(1);
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

    private final Identities identities;
    private final String accessKeyId;

    SimulatedSts(Identities identities, String accessKeyId) {
        this.identities = identities;
        this.accessKeyId = accessKeyId;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        Identities.Identity caller = identities.identity(accessKeyId);
        return GetCallerIdentityResponse.builder()
                .account(caller.account())
                .arn(caller.arn())
                .userId(caller.userId())
                .build();
    }

    /** Lends a role's credentials; an unknown role and a wrong external id are refused alike, as AWS does. */
    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
        Identities.Identity caller = identities.identity(accessKeyId);
        checkSessionName(request.roleSessionName());
        Role role = identities
                .role(String.valueOf(request.roleArn()))
                .filter(candidate -> candidate.externalId().isEmpty()
                        || candidate.externalId().equals(Optional.ofNullable(request.externalId())))
                .orElseThrow(() -> accessDenied(caller, request.roleArn()));
        Duration duration =
                request.durationSeconds() == null ? DEFAULT_SESSION : Duration.ofSeconds(request.durationSeconds());
        checkDuration(duration, role, caller);
        Identities.Session session = identities.open(role, request.roleSessionName(), duration);
        return AssumeRoleResponse.builder()
                .credentials(it -> it.accessKeyId(session.key().id())
                        .secretAccessKey(session.key().secret())
                        .sessionToken(session.key().sessionToken().orElseThrow())
                        .expiration(session.key().expiry().orElseThrow()))
                .assumedRoleUser(it -> it.arn(session.identity().arn())
                        .assumedRoleId(session.identity().userId()))
                .build();
    }

    private static void checkSessionName(String name) {
        if (name == null || !SESSION_NAME.matcher(name).matches()) {
            throw validation("1 validation error detected: Value '" + name + "' at 'roleSessionName' failed to satisfy"
                    + " constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        }
    }

    private static void checkDuration(Duration duration, Role role, Identities.Identity caller) {
        if (duration.compareTo(SHORTEST_SESSION) < 0) {
            throw validation("1 validation error detected: Value '" + duration.toSeconds() + "' at 'durationSeconds'"
                    + " failed to satisfy constraint: Member must have value greater than or equal to 900");
        }
        if (caller.isSession() && duration.compareTo(LONGEST_CHAINED_SESSION) > 0) {
            throw validation("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
                    + " chaining");
        }
        if (duration.compareTo(role.longestSession()) > 0) {
            throw validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
    }

    private static SimulatorError accessDenied(Identities.Identity caller, String roleArn) {
        return SimulatorError.of(
                403,
                "AccessDenied",
                "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRole on resource: " + roleArn);
    }

    private static SimulatorError validation(String message) {
        return SimulatorError.refused("ValidationError", message);
    }
}
