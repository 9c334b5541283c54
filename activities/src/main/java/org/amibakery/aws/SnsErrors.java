package org.amibakery.aws;

import static org.amibakery.aws.ErrorRule.on;
import static org.amibakery.failure.Blame.ACCOUNT_OWNER;
import static org.amibakery.failure.Blame.BAKERY;
import static org.amibakery.failure.Reaction.BACK_OFF;
import static org.amibakery.failure.Reaction.GIVE_UP;

/** Lists what the Simple Notification Service's errors lead to. */
public final class SnsErrors {
    private static final String LET_PUBLISH =
            "Let the worker's role publish to the topic (sns:Publish), and use the topic's key if it has one.";

    /** Publish, after which people may hear of the same thing twice. */
    public static final ErrorTable PUBLISH = ErrorTable.creating(
            "SNS",
            on("NotFound", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Create the topic, or correct the installation's notifications."),
            on("AuthorizationError", GIVE_UP).blaming(ACCOUNT_OWNER).advising(LET_PUBLISH),
            on("KMSAccessDenied", GIVE_UP).blaming(ACCOUNT_OWNER).advising(LET_PUBLISH),
            on("KMSDisabled", GIVE_UP).blaming(ACCOUNT_OWNER).advising("Enable the topic's key."),
            on("KMSNotFound", GIVE_UP).blaming(ACCOUNT_OWNER).advising("Give the topic a key that exists."),
            on("KMSThrottling", BACK_OFF),
            on("InvalidParameter", GIVE_UP).blaming(BAKERY).advising("Please report it: the message is ours."),
            on("ParameterValueInvalid", GIVE_UP).blaming(BAKERY).advising("Please report it: the message is ours."),
            on("InternalError", BACK_OFF));

    private SnsErrors() {}
}
