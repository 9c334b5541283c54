package org.amibakery.command.aws;

import io.temporal.failure.ApplicationFailure;
import org.amibakery.command.CommandActivities;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;

/** Tells people and the workflow how a command failed. None of these is retried by Temporal. */
final class CommandFailures {
    /** The failure type of a command that reached the builder and did not succeed. */
    static final String FAILED = "CommandFailed";

    private CommandFailures() {}

    /** The command never ran, so the workflow may send it again. */
    static ApplicationFailure undelivered(SentCommand sent, SeenCommand seen) {
        return undelivered("Command \"%s\" never reached the builder %s: %s."
                .formatted(
                        sent.command().label(),
                        sent.key().builder(),
                        seen.status().words()));
    }

    /** SSM did not even take the command. */
    static ApplicationFailure undelivered(ApplicationFailure refused) {
        return undelivered(refused.getOriginalMessage());
    }

    /** The command ran, or its end is unknown, which counts the same. */
    static ApplicationFailure failed(SentCommand sent, SeenCommand seen) {
        String exit = seen.exitCode() > 0 ? ", exit code " + seen.exitCode() : "";
        String tail = OutputTail.of(seen.output());
        return failed(
                blame(seen.status()),
                "Command \"%s\" (%s) failed: %s%s.%s"
                        .formatted(
                                sent.command().label(),
                                sent.key(),
                                seen.status().words(),
                                exit,
                                tail.isEmpty() ? " It wrote nothing." : " Its last lines:\n" + tail));
    }

    /** SSM says for ever that a command runs when its agent has died. */
    static ApplicationFailure stuck(SentCommand sent, String lastSeen) {
        return failed(
                Blame.AWS,
                String.format(
                        "Command \"%s\" (%s) did not end within its limit of %d minutes; last seen: %s. The builder's"
                                + " agent has probably died. Bake again.",
                        sent.command().label(),
                        sent.key(),
                        sent.command().limit().toMinutes(),
                        lastSeen));
    }

    private static Blame blame(CommandStatus status) {
        return switch (status) {
            case FAILED, EXECUTION_TIMED_OUT, TIMED_OUT -> Blame.RECIPE_AUTHOR;
            case CANCELLED, INVALID_PLATFORM, ACCESS_DENIED -> Blame.ACCOUNT_OWNER;
            case PENDING, IN_PROGRESS, DELAYED, CANCELLING, SUCCESS, DELIVERY_TIMED_OUT, UNDELIVERABLE -> Blame.AWS;
            case TERMINATED, UNKNOWN -> Blame.AWS;
        };
    }

    private static ApplicationFailure failed(Blame blame, String message) {
        return failure(FAILED, blame, message);
    }

    private static ApplicationFailure undelivered(String message) {
        return failure(CommandActivities.UNDELIVERED, Blame.AWS, message);
    }

    private static ApplicationFailure failure(String type, Blame blame, String message) {
        ApplicationFailure failure = ApplicationFailure.newNonRetryableFailure(
                message, type, new Refusal("SendCommand", type, Reaction.GIVE_UP, blame));
        failure.setStackTrace(new StackTraceElement[0]); // the message says it all
        return failure;
    }
}
