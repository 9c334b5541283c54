package org.amibakery.builder.aws;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import org.amibakery.aws.Refusals;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;

/**
 * Counts, in the heartbeat details, the attempts of a launch that EC2 refused for certain. Any other attempt may have made
 * an instance without our hearing of it, so that a later refusal (access was revoked, say) is no proof that there is none.
 */
final class EarlierRefusals {
    private final ActivityExecutionContext activity;
    private final int count;

    EarlierRefusals(ActivityExecutionContext activity) {
        this.activity = activity;
        this.count = activity.getHeartbeatDetails(Integer.class).orElse(0);
    }

    /** The failure as the workflow may believe it: one that leaves the launch open keeps its undo alive. */
    ApplicationFailure settle(ApplicationFailure refused) {
        Refusal refusal = Refusals.refusal(refused).orElseThrow();
        boolean everyAttemptWasRefused = count == activity.getInfo().getAttempt() - 1;
        return switch (refusal.reaction()) {
            case RETRY_SLOWLY, NOT_VISIBLE_YET -> {
                activity.heartbeat(count + 1);
                yield refused;
            }
            case GIVE_UP -> everyAttemptWasRefused ? refused : Refusals.settledAs(unsettled(refusal), refused);
            case BACK_OFF, NEXT_CANDIDATE, RELAUNCH, FIND_FOUNDATION_AGAIN, ALREADY_DONE -> refused;
        };
    }

    private static Refusal unsettled(Refusal refusal) {
        return new Refusal(refusal.operation(), refusal.code(), Reaction.BACK_OFF, refusal.blame());
    }
}
