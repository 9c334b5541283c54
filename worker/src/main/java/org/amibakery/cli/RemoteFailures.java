package org.amibakery.cli;

import com.google.common.base.Throwables;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.Optional;
import java.util.Set;
import org.amibakery.bake.PlanActivities;
import org.amibakery.cli.FailureMessages.Ending;
import org.amibakery.schedule.NoSchedules;
import org.amibakery.temporal.Unreachable;
import software.amazon.awssdk.core.exception.SdkException;

/** Reads failures of Temporal and AWS, whose messages were written for people where ours were. */
final class RemoteFailures {
    /** Failure types that tell of the way to AWS, and not of what was asked. */
    private static final Set<String> NO_WAY_TO_AWS = Set.of(
            "NoAnswer",
            "EndpointUnreachable",
            "NoCredentials",
            "AuthFailure",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "UnrecognizedClientException",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired");

    private RemoteFailures() {}

    /** How a command ends that Temporal or AWS failed; empty when it was neither. */
    static Optional<Ending> ending(Exception failure) {
        if (failure instanceof Unreachable || failure instanceof NoSchedules) {
            return Optional.of(new Ending(ExitCode.UNREACHABLE, failure.getMessage()));
        }
        if (failure instanceof ApplicationFailure refused) {
            return Optional.of(new Ending(exitCode(refused.getType()), refused.getOriginalMessage()));
        }
        if (failure instanceof SdkException aws) {
            return Optional.of(aws(aws));
        }
        return cause(failure, PayloadCodecException.class)
                .map(unreadable -> new Ending(ExitCode.USAGE, unreadable.getMessage()))
                .or(() -> cause(failure, StatusRuntimeException.class).map(RemoteFailures::temporal));
    }

    private static <T> Optional<T> cause(Exception failure, Class<T> type) {
        return Throwables.getCausalChain(failure).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private static ExitCode exitCode(String type) {
        if (type.equals(PlanActivities.INVALID_RECIPE)) {
            return ExitCode.USAGE;
        }
        return NO_WAY_TO_AWS.contains(type) ? ExitCode.UNREACHABLE : ExitCode.BAKE_FAILED;
    }

    private static Ending aws(SdkException failure) {
        return new Ending(
                ExitCode.UNREACHABLE,
                "AWS cannot be asked: %s Check the network, the region and the credentials (aws sts get-caller-identity)."
                        .formatted(failure.getMessage()));
    }

    private static Ending temporal(StatusRuntimeException failure) {
        Status status = failure.getStatus();
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED ->
                new Ending(
                        ExitCode.UNREACHABLE,
                        "Temporal does not answer any more: %s. A bake goes on by itself; look again with: bakery status"
                                .formatted(status.getDescription()));
            case RESOURCE_EXHAUSTED ->
                new Ending(
                        ExitCode.UNREACHABLE,
                        "Temporal has too much to do at the moment: %s Try again; what was started goes on."
                                .formatted(status.getDescription()));
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new Ending(
                        ExitCode.UNREACHABLE,
                        "Temporal refuses the credentials: %s. Check TEMPORAL_API_KEY, the certificates or the profile."
                                .formatted(status.getDescription()));
            case NOT_FOUND ->
                new Ending(
                        ExitCode.UNREACHABLE,
                        "Temporal does not know what was asked for: %s Check TEMPORAL_NAMESPACE or the profile."
                                .formatted(status.getDescription()));
            default ->
                new Ending(
                        ExitCode.UNEXPECTED,
                        "Temporal answered %s: %s. Run the command again with --debug to see more."
                                .formatted(status.getCode(), status.getDescription()));
        };
    }
}
