package org.amibakery.aws;

import static org.amibakery.aws.ErrorRule.on;
import static org.amibakery.failure.Blame.ACCOUNT_OWNER;
import static org.amibakery.failure.Blame.BAKERY;
import static org.amibakery.failure.Blame.RECIPE_AUTHOR;
import static org.amibakery.failure.Reaction.ALREADY_DONE;
import static org.amibakery.failure.Reaction.BACK_OFF;
import static org.amibakery.failure.Reaction.FIND_FOUNDATION_AGAIN;
import static org.amibakery.failure.Reaction.GIVE_UP;
import static org.amibakery.failure.Reaction.NEXT_CANDIDATE;
import static org.amibakery.failure.Reaction.NOT_VISIBLE_YET;
import static org.amibakery.failure.Reaction.RELAUNCH;
import static org.amibakery.failure.Reaction.RETRY_SLOWLY;

import java.time.Duration;

/**
 * Lists what EC2's errors lead to, one table per kind of call. Sources: "Error codes for the Amazon EC2 API" and the
 * issues named at the rules.
 */
public final class Ec2Errors {
    /** Terminated instances stay visible for about an hour: one that is not found for longer is not there. */
    public static final Duration GONE_WHEN_UNSEEN_FOR = Duration.ofHours(1);

    /** How long EC2 may take to know everywhere what it made ("Eventual consistency in the Amazon EC2 API"). */
    public static final Duration VISIBLE_WITHIN = Duration.ofMinutes(5);

    private static final Duration PROFILE_PROPAGATES_WITHIN = Duration.ofMinutes(3);
    private static final Duration VISIBILITY_PAUSE = Duration.ofSeconds(3);
    private static final Duration STATE_PAUSE = Duration.ofSeconds(10);
    private static final Duration QUOTA_PAUSE = Duration.ofMinutes(1);
    private static final Duration QUOTA_PATIENCE = Duration.ofMinutes(4);
    private static final Duration SNAPSHOT_RATE_PAUSE = Duration.ofSeconds(30);
    private static final Duration INSTANCE_STOPS_WITHIN = Duration.ofMinutes(14);
    private static final Duration SNAPSHOT_IS_FREED_WITHIN = Duration.ofMinutes(10);

    /** RunInstances. */
    public static final ErrorTable LAUNCH = ErrorTable.creating(
            "EC2",
            noCapacity("InsufficientInstanceCapacity"),
            noCapacity("InsufficientHostCapacity"),
            noCapacity("InsufficientCapacity"),
            noCapacity("Unsupported")
                    .blaming(RECIPE_AUTHOR)
                    .advising(
                            "Choose another instance type or subnet as a candidate (builder: instanceTypes, subnets)."),
            on("InvalidParameterValue", NOT_VISIBLE_YET)
                    .saying("Invalid IAM Instance Profile")
                    .blaming(ACCOUNT_OWNER)
                    .pausing(STATE_PAUSE)
                    .within(PROFILE_PROPAGATES_WITHIN)
                    .advising(
                            "The instance profile does not exist, or not yet: check its name in the stack's outputs."),
            shortQuota("VcpuLimitExceeded", "Raise the vCPU quota of the instance family, or end other instances."),
            shortQuota("InstanceLimitExceeded", "Raise the instance quota, or end other instances."),
            shortQuota("VolumeLimitExceeded", "Raise the EBS storage quota, or delete volumes."),
            shortQuota("InsufficientFreeAddressesInSubnet", "Free addresses in the subnet, or name another subnet."),
            on("InvalidAMIID.Unavailable", FIND_FOUNDATION_AGAIN)
                    .advising("The foundation image was withdrawn between look-up and launch."),
            on("InvalidAMIID.NotFound", FIND_FOUNDATION_AGAIN)
                    .advising("The foundation image was withdrawn between look-up and launch."),
            on("IdempotentInstanceTerminated", RELAUNCH)
                    .advising("The builder of this launch has died already; another is launched."),
            on("IdempotentParameterMismatch", GIVE_UP)
                    .blaming(BAKERY)
                    .advising("The same launch was asked for in two ways; please report it, then bake again."),
            fixRecipe("InvalidParameterCombination"),
            fixRecipe("InvalidParameterValue"),
            fixRecipe("InvalidBlockDeviceMapping"),
            fixRecipe("MissingParameter").blaming(BAKERY),
            fixStack("InvalidSubnetID.NotFound"),
            fixStack("InvalidSubnet"),
            fixStack("InvalidGroup.NotFound"),
            fixStack("InvalidSecurityGroupID.NotFound"),
            fixStack("InvalidGroupId.Malformed"),
            fixStack("VPCIdNotSpecified"),
            fixStack("PendingVerification"),
            fixStack("Blocked"));

    /** RunInstances from an image so new that EC2 may not know it everywhere, such as one that is to be tested. */
    public static final ErrorTable LAUNCH_OF_NEW_IMAGE = ErrorTable.of(
                    "EC2", newImage("InvalidAMIID.NotFound"), newImage("InvalidAMIID.Unavailable"))
            .followedBy(LAUNCH.rules());

    /** Any Describe call; it changes nothing, so it gives up only where it is not allowed. */
    public static final ErrorTable DESCRIBE = ErrorTable.creating("EC2");

    /** StopInstances. */
    public static final ErrorTable STOP = ErrorTable.creating(
            "EC2",
            on("InvalidInstanceID.NotFound", NOT_VISIBLE_YET)
                    .pausing(VISIBILITY_PAUSE)
                    .within(VISIBLE_WITHIN)
                    .advising("The builder is not there any more; bake again."),
            on("IncorrectInstanceState", ALREADY_DONE).advising("Its state tells whether it stopped or is gone."));

    /** CreateImage. A taken name is the caller's to look into: it may be this bake's own image. */
    public static final ErrorTable CREATE_IMAGE = ErrorTable.creating(
            "EC2",
            on("InvalidAMIName.Duplicate", GIVE_UP)
                    .blaming(RECIPE_AUTHOR)
                    .advising("Give the recipe a name of its own (image: name), or deregister the other image."),
            on("InvalidParameterValue", BACK_OFF)
                    .saying("is not in state")
                    .pausing(STATE_PAUSE)
                    .within(INSTANCE_STOPS_WITHIN)
                    .advising("The builder never came into a state to make an image of."),
            on("IncorrectInstanceState", BACK_OFF)
                    .pausing(STATE_PAUSE)
                    .within(INSTANCE_STOPS_WITHIN)
                    .advising("The builder never came into a state to make an image of."),
            on("SnapshotLimitExceeded", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Raise the snapshot quota or delete snapshots, then bake again."),
            on("ConcurrentSnapshotLimitExceeded", RETRY_SLOWLY)
                    .blaming(ACCOUNT_OWNER)
                    .pausing(SNAPSHOT_RATE_PAUSE)
                    .advising("Too many snapshots are in progress; it is retried until one is done."),
            on("SnapshotCreationPerVolumeRateExceeded", RETRY_SLOWLY)
                    .pausing(SNAPSHOT_RATE_PAUSE)
                    .advising("A volume takes one snapshot in 15 seconds; it is retried."),
            on("AMIQuotaExceeded", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Raise the quota of AMIs or delete images, then bake again."),
            on("InvalidInstanceID.NotFound", NOT_VISIBLE_YET)
                    .pausing(VISIBILITY_PAUSE)
                    .within(VISIBLE_WITHIN)
                    .advising("The builder is not there any more; bake again."),
            fixRecipe("InvalidAMIName.Malformed"),
            fixRecipe("InvalidParameterValue"));

    /** CreateTags and DeleteTags on what was just made (InvalidAMIID.NotFound right after CreateImage). */
    public static final ErrorTable TAG = ErrorTable.creating(
            "EC2",
            notVisible("InvalidAMIID.NotFound"),
            notVisible("InvalidAMIID.Unavailable"),
            notVisible("InvalidSnapshot.NotFound"),
            notVisible("InvalidInstanceID.NotFound"),
            fixRecipe("TagLimitExceeded"),
            fixRecipe("InvalidParameterValue"));

    /** ModifyImageAttribute, ModifySnapshotAttribute and EnableImageDeprecation on an image that is good. */
    public static final ErrorTable MODIFY_IMAGE = ErrorTable.creating(
            "EC2",
            notVisible("InvalidAMIID.NotFound"),
            notVisible("InvalidAMIID.Unavailable"),
            notVisible("InvalidSnapshot.NotFound"),
            on("OperationNotPermitted", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("The account blocks public access to its images or snapshots, or somebody protects this"
                            + " one: see aws ec2 get-image-block-public-access-state."),
            on("InvalidParameter", GIVE_UP)
                    .blaming(RECIPE_AUTHOR)
                    .advising("A snapshot that is encrypted with the account's own key cannot be shared (image:"
                            + " encrypt)."),
            on("ResourceLimitExceeded", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Share with fewer accounts, or raise the quota."),
            fixRecipe("InvalidAMIAttributeItemValue"),
            fixRecipe("InvalidUserID.Malformed"),
            fixRecipe("InvalidParameterValue"));

    /** CopyImage, asked in the region that gets the copy. */
    public static final ErrorTable COPY_IMAGE = ErrorTable.creating(
            "EC2",
            notVisible("InvalidAMIID.NotFound"),
            notVisible("InvalidAMIID.Unavailable"),
            on("InvalidAMIName.Duplicate", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Another image of that region has the name: deregister it, then copy by hand or bake"
                            + " again."),
            on("IdempotentParameterMismatch", GIVE_UP)
                    .blaming(BAKERY)
                    .advising("The same copy was asked for in two ways; please report it, then bake again."),
            on("SnapshotLimitExceeded", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Raise the region's snapshot quota or delete snapshots there, then bake again."),
            on("AMIQuotaExceeded", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Raise the region's quota of AMIs or delete images there, then bake again."),
            on("ResourceLimitExceeded", RETRY_SLOWLY)
                    .blaming(ACCOUNT_OWNER)
                    .pausing(SNAPSHOT_RATE_PAUSE)
                    .advising("Too many copies to that region are in progress; it is retried until one is done."),
            on("ConcurrentSnapshotLimitExceeded", RETRY_SLOWLY)
                    .blaming(ACCOUNT_OWNER)
                    .pausing(SNAPSHOT_RATE_PAUSE)
                    .advising("Too many snapshots are in progress; it is retried until one is done."),
            fixRecipe("InvalidRequest"),
            fixRecipe("InvalidParameterValue"));

    /** TerminateInstances. NotFound does not mean gone: the instance may be running, just not visible yet. */
    public static final ErrorTable TERMINATE = ErrorTable.cleaningUp(
            "EC2",
            on("InvalidInstanceID.NotFound", NOT_VISIBLE_YET)
                    .pausing(VISIBILITY_PAUSE)
                    .within(GONE_WHEN_UNSEEN_FOR)
                    .then(ALREADY_DONE)
                    .advising("It may still be invisible, so it is asked again."),
            on("OperationNotPermitted", RETRY_SLOWLY)
                    .blaming(ACCOUNT_OWNER)
                    .pausing(SNAPSHOT_RATE_PAUSE)
                    .advising("Somebody protected the builder: turn off its termination and stop protection."));

    /** Any Describe call of a cleanup. */
    public static final ErrorTable DESCRIBE_FOR_CLEANUP = ErrorTable.cleaningUp("EC2");

    /** DeleteVolume of a leftover. */
    public static final ErrorTable DELETE_VOLUME = ErrorTable.cleaningUp(
            "EC2",
            on("InvalidVolume.NotFound", ALREADY_DONE),
            on("VolumeInUse", BACK_OFF).advising("It is still being detached; it is retried."));

    /** DeregisterImage. */
    public static final ErrorTable DEREGISTER = ErrorTable.cleaningUp(
            "EC2",
            on("InvalidAMIID.NotFound", ALREADY_DONE),
            on("InvalidAMIID.Unavailable", ALREADY_DONE),
            on("OperationNotPermitted", GIVE_UP)
                    .blaming(ACCOUNT_OWNER)
                    .advising(
                            "The image has deregistration protection, or had it within 24 hours: it stays. Turn it off"
                                    + " (aws ec2 disable-image-deregistration-protection) and delete it a day later."));

    /** DeleteSnapshot after its image was deregistered; EC2 takes minutes to see that it is free. */
    public static final ErrorTable DELETE_SNAPSHOT = ErrorTable.cleaningUp(
            "EC2",
            on("InvalidSnapshot.NotFound", ALREADY_DONE),
            on("InvalidSnapshot.InUse", BACK_OFF)
                    .pausing(STATE_PAUSE)
                    .within(SNAPSHOT_IS_FREED_WITHIN)
                    .blaming(ACCOUNT_OWNER)
                    .advising("Another image uses the snapshot, so it stays. Deregister that image first."));

    private Ec2Errors() {}

    private static ErrorRule noCapacity(String code) {
        return on(code, NEXT_CANDIDATE)
                .advising("The next candidate is tried; give the recipe more (builder: instanceTypes, subnets).");
    }

    private static ErrorRule shortQuota(String code, String remedy) {
        return on(code, RETRY_SLOWLY)
                .blaming(ACCOUNT_OWNER)
                .pausing(QUOTA_PAUSE)
                .within(QUOTA_PATIENCE)
                .advising(remedy);
    }

    private static ErrorRule fixRecipe(String code) {
        return on(code, GIVE_UP).blaming(RECIPE_AUTHOR).advising("Correct the recipe, then bake again.");
    }

    private static ErrorRule fixStack(String code) {
        return on(code, GIVE_UP)
                .blaming(ACCOUNT_OWNER)
                .advising("Correct the account or the stack's configuration (network), then bake again.");
    }

    private static ErrorRule newImage(String code) {
        return notVisible(code).then(FIND_FOUNDATION_AGAIN);
    }

    private static ErrorRule notVisible(String code) {
        return on(code, NOT_VISIBLE_YET)
                .pausing(VISIBILITY_PAUSE)
                .within(VISIBLE_WITHIN)
                .advising("It is not there any more; bake again.");
    }
}
