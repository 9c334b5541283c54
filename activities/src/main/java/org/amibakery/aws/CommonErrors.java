package org.amibakery.aws;

import static org.amibakery.aws.ErrorRule.on;
import static org.amibakery.failure.Blame.ACCOUNT_OWNER;
import static org.amibakery.failure.Reaction.BACK_OFF;
import static org.amibakery.failure.Reaction.GIVE_UP;
import static org.amibakery.failure.Reaction.RETRY_SLOWLY;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.failure.Reaction;

/** Lists the errors that any AWS call can meet. */
final class CommonErrors {
    /** One retry or two, since a clock is set right and a key is propagated within seconds; then a person must act. */
    private static final Duration CREDENTIALS_SETTLE_WITHIN = Duration.ofSeconds(20);

    private static final Duration CREDENTIALS_PAUSE = Duration.ofSeconds(10);

    /** Denied calls of a cleanup are repeated for as long as it takes somebody to allow them. */
    private static final Duration DENIED_PAUSE = Duration.ofSeconds(30);

    /** AWS did nothing of what was asked, and says so. */
    static final List<String> THROTTLES = List.of(
            "RequestLimitExceeded",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException",
            "TooManyUpdates",
            "SlowDown");

    static final List<ErrorRule> CREATING = Stream.of(
                    transport(), access(GIVE_UP), credentials().map(rule -> rule.within(CREDENTIALS_SETTLE_WITHIN)))
            .flatMap(rules -> rules)
            .toList();

    static final List<ErrorRule> CLEANING_UP = Stream.of(
                    transport(), access(BACK_OFF).map(rule -> rule.pausing(DENIED_PAUSE)), credentials())
            .flatMap(rules -> rules)
            .toList();

    private CommonErrors() {}

    private static Stream<ErrorRule> transport() {
        Stream<ErrorRule> throttles = THROTTLES.stream().map(code -> on(code, BACK_OFF)
                .advising("It is retried with growing pauses. If it lasts, bake fewer recipes at once."));
        Stream<ErrorRule> silence = Stream.of(
                on(AwsAnswer.NO_ANSWER, BACK_OFF)
                        .advising("Whether the call took effect is unknown; the same call is made again."),
                on(AwsAnswer.UNREACHABLE, BACK_OFF)
                        .blaming(ACCOUNT_OWNER)
                        .advising("Check the network, the region's name and AWS_ENDPOINT_URL."));
        Stream<ErrorRule> renewal = Stream.of("ExpiredToken", "ExpiredTokenException", "RequestExpired")
                .map(code -> on(code, BACK_OFF)
                        .blaming(ACCOUNT_OWNER)
                        .advising("The call is made again with fresh credentials; if it lasts, log in again."));
        return Stream.of(throttles, silence, renewal).flatMap(rules -> rules);
    }

    private static Stream<ErrorRule> access(Reaction reaction) {
        return Stream.of(
                        "UnauthorizedOperation",
                        "AccessDenied",
                        "AccessDeniedException",
                        "AuthorizationError",
                        "OptInRequired")
                .map(
                        code -> on(code, reaction)
                                .blaming(ACCOUNT_OWNER)
                                .advising(
                                        "Allow {action} to the worker's role (docs/configuration.md lists what it needs), then try again."));
    }

    private static Stream<ErrorRule> credentials() {
        Stream<ErrorRule> refused = Stream.of(
                        "AuthFailure",
                        "SignatureDoesNotMatch",
                        "InvalidSignatureException",
                        "InvalidClientTokenId",
                        "InvalidAccessKeyId",
                        "UnrecognizedClientException")
                .map(code -> on(code, RETRY_SLOWLY)
                        .advising("The worker's credentials or its clock are wrong: check both (aws sts"
                                + " get-caller-identity, date -u), then try again."));
        Stream<ErrorRule> missing = Stream.of(on(AwsAnswer.NO_CREDENTIALS, RETRY_SLOWLY)
                .advising("Give the worker credentials: an instance role, AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY."));
        return Stream.concat(refused, missing)
                .map(rule -> rule.blaming(ACCOUNT_OWNER).pausing(CREDENTIALS_PAUSE));
    }
}
