package org.amibakery.aws;

import static org.amibakery.aws.ErrorRule.on;
import static org.amibakery.failure.Blame.ACCOUNT_OWNER;
import static org.amibakery.failure.Blame.BAKERY;
import static org.amibakery.failure.Blame.RECIPE_AUTHOR;
import static org.amibakery.failure.Reaction.BACK_OFF;
import static org.amibakery.failure.Reaction.GIVE_UP;
import static org.amibakery.failure.Reaction.NOT_VISIBLE_YET;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** Lists what Systems Manager's errors lead to, one table per kind of call. */
public final class SsmErrors {
    private static final Duration VISIBILITY_PAUSE = Duration.ofSeconds(3);
    private static final Duration AGENT_RETURNS_WITHIN = Duration.ofMinutes(5);

    /** DescribeInstanceInformation, ListCommands, ListCommandInvocations. */
    public static final ErrorTable READ = ErrorTable.creating("SSM", internal());

    /** GetCommandInvocation, which does not know a command at once (boto3#2701). */
    public static final ErrorTable READ_INVOCATION = ErrorTable.creating(
            "SSM",
            on("InvocationDoesNotExist", NOT_VISIBLE_YET).pausing(VISIBILITY_PAUSE),
            on("InvalidCommandId", NOT_VISIBLE_YET).pausing(VISIBILITY_PAUSE),
            internal());

    /** SendCommand. An agent that is not registered may be restarting. */
    public static final ErrorTable SEND = ErrorTable.creating(
            "SSM",
            on("InvalidInstanceId", NOT_VISIBLE_YET)
                    .pausing(VISIBILITY_PAUSE)
                    .within(AGENT_RETURNS_WITHIN)
                    .advising("The builder's SSM agent is not registered any more: it died, or lost its network."),
            missingDocument("InvalidDocument"),
            missingDocument("InvalidDocumentVersion"),
            on("InvalidParameters", GIVE_UP)
                    .blaming(BAKERY)
                    .advising("The document and the worker are of different versions: update the stack's documents."),
            on("UnsupportedPlatformType", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("The document does not run on this system: update the stack's documents."),
            on("MaxDocumentSizeExceeded", GIVE_UP).blaming(BAKERY).advising("Shorten the parameters of the command."),
            internal());

    /** PutParameter. A parameter that was never written is the caller's to look into. */
    public static final ErrorTable PUT_PARAMETER = ErrorTable.creating(
            "SSM",
            fixParameter("ValidationException"),
            fixParameter("HierarchyTypeMismatchException"),
            fixParameter("HierarchyLevelLimitExceededException"),
            fixParameter("ParameterPatternMismatchException"),
            fixParameter("UnsupportedParameterType"),
            on("ParameterMaxVersionLimitExceeded", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("A label holds the parameter's oldest version: move or delete the label."),
            on("ParameterLimitExceeded", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Delete parameters, or raise the region's quota."),
            internal());

    private SsmErrors() {}

    /** Whether a failure says no more than that there were too many calls. */
    public static boolean isThrottle(ApplicationFailure failure) {
        return CommonErrors.THROTTLES.contains(failure.getType());
    }

    private static ErrorRule fixParameter(String code) {
        return on(code, GIVE_UP)
                .blaming(RECIPE_AUTHOR)
                .advising("Give the recipe another parameter (image: parameter), one that holds a plain String.");
    }

    private static ErrorRule missingDocument(String code) {
        return on(code, GIVE_UP)
                .blaming(ACCOUNT_OWNER)
                .advising("The document does not exist in this region: deploy the stack's documents, or correct the"
                        + " configuration (documents).");
    }

    private static ErrorRule internal() {
        return on("InternalServerError", BACK_OFF);
    }
}
