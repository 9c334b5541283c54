package org.amibakery.command.aws;

import java.util.Arrays;
import java.util.Locale;

/**
 * What SSM says of a command on one instance (GetCommandInvocation, StatusDetails), and what that means for a bake.
 *
 * <p>A status that is not listed counts as failed: a command of which nobody knows how it ended did not succeed.
 */
enum CommandStatus {
    PENDING(Meaning.GOING_ON, "it waits for the agent"),
    IN_PROGRESS(Meaning.GOING_ON, "it runs"),
    DELAYED(Meaning.GOING_ON, "SSM tries to reach the agent"),
    CANCELLING(Meaning.GOING_ON, "it is being canceled"),
    SUCCESS(Meaning.SUCCEEDED, "it succeeded"),
    DELIVERY_TIMED_OUT(Meaning.UNDELIVERED, "the agent did not fetch it in time"),
    UNDELIVERABLE(Meaning.UNDELIVERED, "SSM could not deliver it"),
    FAILED(Meaning.FAILED, "its script failed"),
    EXECUTION_TIMED_OUT(Meaning.FAILED, "its script ran longer than its document allows and was ended"),
    TIMED_OUT(Meaning.FAILED, "it ran out of time"),
    CANCELLED(Meaning.FAILED, "somebody canceled it in SSM"),
    TERMINATED(Meaning.FAILED, "SSM ended it because of errors elsewhere"),
    INVALID_PLATFORM(Meaning.FAILED, "its document does not fit the builder's system"),
    ACCESS_DENIED(Meaning.FAILED, "the worker's role may not run the document on the builder"),
    UNKNOWN(Meaning.FAILED, "SSM reported a status that this release does not know");

    private final Meaning meaning;
    private final String words;

    CommandStatus(Meaning meaning, String words) {
        this.meaning = meaning;
        this.words = words;
    }

    /** Reads an invocation's status; the details tell delivery and execution time-outs apart. */
    static CommandStatus of(String status, String details) {
        return parse(details == null || details.isBlank() ? status : details);
    }

    /** Reads a status in either of its spellings, {@code DeliveryTimedOut} or {@code Delivery Timed Out}. */
    static CommandStatus parse(String text) {
        String wanted = folded(String.valueOf(text));
        return Arrays.stream(values())
                .filter(status -> folded(status.name()).equals(wanted))
                .findFirst()
                .orElse(UNKNOWN);
    }

    Meaning meaning() {
        return meaning;
    }

    /** Goes on after the name of a command, as in "…: it runs". */
    String words() {
        return words;
    }

    private static String folded(String name) {
        return name.replaceAll("[ _]", "").toLowerCase(Locale.ROOT);
    }

    /** What a status leads to. */
    enum Meaning {
        GOING_ON,
        SUCCEEDED,
        UNDELIVERED,
        FAILED
    }
}
