package org.amibakery.bake.aws;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.amibakery.authored.InvalidInput;
import org.amibakery.aws.TargetAccount;
import org.amibakery.configuration.Installation;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tells why a bake cannot be planned. Nothing has been created then, and trying again does not help. */
final class PlanFailures {
    static final String PLAYBOOK_NOT_FOUND = "PlaybookNotFound";
    static final String PLAYBOOK_DENIED = "PlaybookDenied";
    static final String PLAYBOOK_NOT_VERSIONED = "PlaybookNotVersioned";
    static final String PLAYBOOK_TOO_BIG = "PlaybookTooBig";
    static final String NOT_INSTALLED = "NotInstalled";
    static final String UNKNOWN_ACCOUNT = "UnknownAccount";
    static final String ROLE_REFUSED = "RoleRefused";

    private PlanFailures() {}

    static ApplicationFailure noArchive(S3Address address) {
        return failure(
                PLAYBOOK_NOT_FOUND,
                Blame.RECIPE_AUTHOR,
                "There is no %s. Nothing was created. Upload the playbook's archive, or correct the recipe's playbooks."
                        .formatted(address));
    }

    /** S3 answers so for an object that is not there, too, to whoever may not list the bucket. */
    static ApplicationFailure archiveDenied(S3Address address) {
        return failure(
                PLAYBOOK_DENIED,
                Blame.ACCOUNT_OWNER,
                String.format(
                        "S3 does not let the worker read %s, or it is not there. Nothing was created. Allow s3:GetObject,"
                                + " s3:GetObjectVersion and s3:ListBucket to the worker's role, or correct the recipe's"
                                + " playbooks.",
                        address));
    }

    static ApplicationFailure archiveNotVersioned(S3Address address) {
        return failure(
                PLAYBOOK_NOT_VERSIONED,
                Blame.ACCOUNT_OWNER,
                String.format(
                        "%s has no version id, so its content could change while a builder fetches it. Nothing was"
                                + " created. Turn on versioning of bucket %s, then upload the archive again.",
                        address, address.bucket()));
    }

    static ApplicationFailure archiveTooBig(S3Address address, long mostBytes) {
        return failure(
                PLAYBOOK_TOO_BIG,
                Blame.RECIPE_AUTHOR,
                String.format(
                        "%s has more than %d MiB and no SHA-256 of its own. Nothing was created. Upload it with"
                                + " --checksum-algorithm SHA256, or make it smaller.",
                        address, mostBytes >> 20));
    }

    static ApplicationFailure notInstalled(Region region, List<String> missing) {
        return failure(
                NOT_INSTALLED,
                Blame.ACCOUNT_OWNER,
                String.format(
                        "This is missing in %s: %s. Nothing was created. Deploy the stack there, or correct the"
                                + " installation's documents and functions.",
                        region, String.join(", ", missing)));
    }

    static ApplicationFailure unknownAccount(String account, List<TargetAccount> known) {
        return failure(
                UNKNOWN_ACCOUNT,
                Blame.RECIPE_AUTHOR,
                String.format(
                        "The recipe asks for account %s, for which this worker has no role; it has one for: %s. Nothing was"
                                + " created. Correct the recipe's account, or name the account under accounts in the"
                                + " installation's configuration and start the worker again (docs/accounts.md).",
                        account,
                        known.isEmpty()
                                ? "no account"
                                : String.join(
                                        ", ",
                                        known.stream().map(TargetAccount::id).toList())));
    }

    static ApplicationFailure roleRefused(TargetAccount account, AwsServiceException refused) {
        return failure(
                ROLE_REFUSED,
                Blame.ACCOUNT_OWNER,
                String.format(
                        "STS does not let the worker assume %s in account %s: %s Nothing was created. Compare the external"
                                + " id and the trusted role with that role's trust policy, and allow sts:AssumeRole on it"
                                + " to the worker's own role (docs/accounts.md).",
                        account.role(), account.id(), refused.awsErrorDetails().errorMessage()));
    }

    static ApplicationFailure noStack(Region place, String stack) {
        return failure(
                NOT_INSTALLED,
                Blame.ACCOUNT_OWNER,
                String.format(
                        "There is no SSM parameter %s in %s. Nothing was created. Deploy the stack %s to that account and"
                                + " region, too (docs/accounts.md), or correct the recipe's account and region.",
                        Installation.parameterOf(stack), place, stack));
    }

    static ApplicationFailure unusableStack(Region place, InvalidInput unusable) {
        return failure(
                NOT_INSTALLED,
                Blame.ACCOUNT_OWNER,
                String.format(
                        "The stack's configuration in %s cannot be used. Nothing was created. %s",
                        place, unusable.getMessage()));
    }

    private static ApplicationFailure failure(String type, Blame blame, String message) {
        ApplicationFailure failure = ApplicationFailure.newNonRetryableFailure(
                message, type, new Refusal("plan", type, Reaction.GIVE_UP, blame));
        failure.setStackTrace(new StackTraceElement[0]); // the message says it all
        return failure;
    }
}
