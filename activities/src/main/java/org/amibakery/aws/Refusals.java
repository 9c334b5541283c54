package org.amibakery.aws;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.amibakery.failure.Refusal;

/** Fails activities for reasons that are not an AWS error code, in the same form as those that are. */
public final class Refusals {
    private Refusals() {}

    /** A failure whose type is the refusal's code; whether it is retried follows from its reaction. */
    @FormatMethod
    public static ApplicationFailure failure(Refusal refusal, @FormatString String message, Object... arguments) {
        return of(refusal, message.formatted(arguments), ErrorTable.isRetried(refusal.reaction()));
    }

    /** The same failure with another refusal, and final: what it leads to is the workflow's to decide. */
    public static ApplicationFailure settledAs(Refusal refusal, ApplicationFailure failure) {
        return of(refusal, failure.getOriginalMessage(), false);
    }

    /** The same failure, as retryable as it was and with the same pause, that leaves open whether anything was made. */
    static ApplicationFailure leftOpen(ApplicationFailure failure) {
        Refusal refusal = refusal(failure).orElseThrow();
        ApplicationFailure open = ApplicationFailure.newBuilder()
                .setType(failure.getType())
                .setMessage(failure.getOriginalMessage())
                .setDetails(new Refusal(refusal.operation(), refusal.code(), refusal.reaction(), refusal.blame(), true))
                .setNonRetryable(failure.isNonRetryable())
                .setNextRetryDelay(failure.getNextRetryDelay())
                .build();
        open.setStackTrace(new StackTraceElement[0]);
        return open;
    }

    /** What a failure of ours says about itself. */
    public static Optional<Refusal> refusal(ApplicationFailure failure) {
        return failure.getDetails().getSize() == 0
                ? Optional.empty()
                : Optional.ofNullable(failure.getDetails().get(Refusal.class));
    }

    private static ApplicationFailure of(Refusal refusal, String message, boolean retried) {
        ApplicationFailure failure = ApplicationFailure.newBuilder()
                .setType(refusal.code())
                .setMessage(message)
                .setDetails(refusal)
                .setNonRetryable(!retried)
                .build();
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }
}
