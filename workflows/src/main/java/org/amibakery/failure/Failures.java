package org.amibakery.failure;

import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Optional;

/** Reads what a Temporal failure has to say to people and to the workflow. */
public final class Failures {
    private Failures() {}

    /** The text of the deepest failure that was written for people; wrappers' messages are machine text. */
    public static String rootMessage(Throwable failure) {
        Throwable root = deepest(failure);
        if (root instanceof ApplicationFailure application) {
            return application.getOriginalMessage();
        }
        if (root instanceof TimeoutFailure timeout) {
            return lastSighting(timeout)
                    .map(seen -> "It took too long. Last seen: %s".formatted(seen.state()))
                    .orElse("It took too long, and nothing was seen of it.");
        }
        if (root instanceof CanceledFailure) {
            return "It was canceled.";
        }
        return String.valueOf(root.getMessage());
    }

    /** The failure's type as history shows it: an AWS code, or one of our own. */
    public static String type(Throwable failure) {
        Throwable root = deepest(failure);
        if (root instanceof ApplicationFailure application) {
            return application.getType();
        }
        return root instanceof TimeoutFailure ? "TimedOut" : root.getClass().getSimpleName();
    }

    /** What an activity told about an error, if it told. */
    public static Optional<Refusal> refusal(TemporalFailure failure) {
        return deepest(failure) instanceof ApplicationFailure application
                ? first(application.getDetails(), Refusal.class)
                : Optional.empty();
    }

    /** Whether an activity's failure asks for this reaction. */
    public static boolean asksFor(Reaction reaction, TemporalFailure failure) {
        return refusal(failure)
                .filter(refusal -> refusal.reaction() == reaction)
                .isPresent();
    }

    /** Whether AWS refused for good, so that the call has made nothing. */
    public static boolean isRefusedForGood(TemporalFailure failure) {
        return refusal(failure)
                .filter(refusal -> refusal.reaction() == Reaction.GIVE_UP && !refusal.unsettled())
                .isPresent();
    }

    /** Whether the failure is a cancellation, thrown by an activity, a child, a timer or the scope itself. */
    public static boolean isCancellation(Throwable failure) {
        return failure instanceof CanceledFailure
                || ((failure instanceof ActivityFailure || failure instanceof ChildWorkflowFailure)
                        && failure.getCause() instanceof CanceledFailure);
    }

    private static Optional<LastSighting> lastSighting(TimeoutFailure timeout) {
        return first(timeout.getLastHeartbeatDetails(), LastSighting.class);
    }

    /** Details are a help: those that another version wrote, or another activity, are left unread. */
    private static <D> Optional<D> first(Values details, Class<D> type) {
        try {
            return details.getSize() == 0 ? Optional.empty() : Optional.ofNullable(details.get(type));
        } catch (DataConverterException foreign) {
            return Optional.empty();
        }
    }

    private static Throwable deepest(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() instanceof TemporalFailure && !(root instanceof ApplicationFailure)) {
            root = root.getCause();
        }
        return root;
    }
}
