package org.amibakery.aws;

import static org.amibakery.aws.ErrorRule.on;
import static org.amibakery.failure.Blame.ACCOUNT_OWNER;
import static org.amibakery.failure.Blame.BAKERY;
import static org.amibakery.failure.Reaction.BACK_OFF;
import static org.amibakery.failure.Reaction.GIVE_UP;

import java.time.Duration;

/** Lists what Lambda's errors lead to. A function's own error is no error of the call: it comes with status 200. */
public final class LambdaErrors {
    private static final Duration STATE_PAUSE = Duration.ofSeconds(5);

    /** Invoke, of functions that may run twice. */
    public static final ErrorTable INVOKE = ErrorTable.creating(
            "Lambda",
            on("ResourceNotFoundException", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("The function does not exist in this region: deploy the stack, correct the configuration"
                            + " (functions), or run it in the worker (functions: inProcess: true)."),
            on("ResourceConflictException", BACK_OFF)
                    .pausing(STATE_PAUSE)
                    .advising("The function is being updated; it is retried."),
            on("ResourceNotReadyException", BACK_OFF).pausing(STATE_PAUSE),
            on("ServiceException", BACK_OFF),
            on("EC2ThrottledException", BACK_OFF),
            on("RequestTooLargeException", GIVE_UP).blaming(BAKERY).advising("Please report it: the request is ours."),
            on("InvalidRequestContentException", GIVE_UP)
                    .blaming(BAKERY)
                    .advising("Please report it: the request is ours."));

    private LambdaErrors() {}
}
