package org.amibakery.builder.aws;

import static org.amibakery.failure.Blame.ACCOUNT_OWNER;
import static org.amibakery.failure.Blame.AWS;
import static org.amibakery.failure.Reaction.GIVE_UP;
import static org.amibakery.failure.Reaction.NEXT_CANDIDATE;
import static org.amibakery.failure.Reaction.RELAUNCH;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.Refusals;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Says what the death of a builder leads to, by the StateReason codes that DescribeInstances documents. */
public final class InstanceDeath {
    /** The failure type of a builder that died or was ended by somebody else. */
    public static final String BUILDER_GONE = "BuilderGone";

    private static final String USER_INITIATED = "Client.UserInitiated";

    private static final List<Cause> CAUSES = List.of(
            new Cause("Server.InternalError", RELAUNCH, AWS, "It died of EC2's own doing."),
            new Cause("Server.InsufficientInstanceCapacity", NEXT_CANDIDATE, AWS, "The zone ran out of capacity."),
            new Cause("Server.SpotInstance", RELAUNCH, AWS, "EC2 took its spot capacity back."),
            new Cause("Server.ScheduledStop", RELAUNCH, AWS, "Its host is retired."),
            new Cause(
                    "Client.VolumeLimitExceeded",
                    GIVE_UP,
                    ACCOUNT_OWNER,
                    "Raise the EBS storage quota or delete volumes, then bake again."),
            new Cause(
                    "Client.InternalError",
                    GIVE_UP,
                    ACCOUNT_OWNER,
                    "Its volume is often encrypted by a KMS key that the launching role may not use: grant it, then bake"
                            + " again."),
            new Cause(
                    USER_INITIATED,
                    GIVE_UP,
                    ACCOUNT_OWNER,
                    "Somebody terminated it (CloudTrail knows who: TerminateInstances), or this bake did before it was reset."
                            + " Bake again."),
            new Cause(
                    "Client.InstanceInitiatedShutdown",
                    GIVE_UP,
                    ACCOUNT_OWNER,
                    "It powered itself off: its expiry passed, or a command told it to. Bake again."));

    private static final Cause UNKNOWN =
            new Cause("", GIVE_UP, ACCOUNT_OWNER, "See its state reason in the EC2 console, then bake again.");

    private InstanceDeath() {}

    /** Whether somebody, or we ourselves, called TerminateInstances; nothing befell it. */
    static boolean wasAskedFor(Instance instance) {
        return instance.stateReason() != null
                && String.valueOf(instance.stateReason().code()).startsWith(USER_INITIATED);
    }

    /** The failure of a wait whose builder is dead; its type is {@link #BUILDER_GONE}. */
    public static ApplicationFailure failure(Instance instance) {
        String code = Optional.ofNullable(instance.stateReason())
                .map(StateReason::code)
                .orElse("no reason given");
        String told = Optional.ofNullable(instance.stateReason())
                .map(StateReason::message)
                .orElse("EC2 says no more");
        Cause cause = CAUSES.stream()
                .filter(known -> code.startsWith(known.code()))
                .findFirst()
                .orElse(UNKNOWN);
        return Refusals.failure(
                new Refusal("DescribeInstances", BUILDER_GONE, cause.reaction(), cause.blame()),
                "The builder %s is %s (%s: %s). %s",
                instance.instanceId(),
                instance.state().nameAsString(),
                code,
                told,
                cause.remedy());
    }

    /**
     * The failure of a wait for a builder that has stopped. The bake itself stops it, to make its image; a reset to an
     * event before that finds it so. It cannot be used again: what ends it at its expiry is gone by then.
     */
    public static ApplicationFailure stopped(Instance instance, Reaction reaction, String remedy) {
        return Refusals.failure(
                new Refusal("DescribeInstances", BUILDER_GONE, reaction, ACCOUNT_OWNER),
                "The builder %s is %s: by this bake, to make its image before the bake was reset, or by somebody else. %s",
                instance.instanceId(),
                instance.state().nameAsString(),
                remedy);
    }

    /** One reason, matched by the start of its code, and what it leads to. */
    private record Cause(String code, Reaction reaction, Blame blame, String remedy) {}
}
