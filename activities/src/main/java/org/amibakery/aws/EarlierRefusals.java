package org.amibakery.aws;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;

/**
 * Counts, in the heartbeat details, the attempts of a creation that EC2 refused for certain. Any other attempt may have made
 * something without our hearing of it, so that a later refusal (access was revoked, say) is no proof that there is nothing.
 */
public final class EarlierRefusals {
    private final ActivityExecutionContext activity;
    private final int count;
    private final boolean fromTheFirst;
    private final Instant since;

    private EarlierRefusals(ActivityExecutionContext activity) {
        this.activity = activity;
        Optional<Refused> left = activity.getHeartbeatDetails(Refused.class);
        this.count = left.map(Refused::count).orElse(0);
        this.fromTheFirst = left.map(Refused::fromTheFirst).orElseGet(() -> isFirst(activity.getInfo()));
        this.since = left.flatMap(Refused::since).orElseGet(() -> startedAt(activity));
    }

    /** An activity that an operator has reset counts its attempts anew, but is scheduled later than it was at first. */
    private static boolean isFirst(ActivityInfo info) {
        return info.getAttempt() == 1 && info.getCurrentAttemptScheduledTimestamp() == info.getScheduledTimestamp();
    }

    private static Instant startedAt(ActivityExecutionContext activity) {
        return Instant.ofEpochMilli(activity.getInfo().getStartedTimestamp());
    }

    /** Those of the running activity. Read them before the call. */
    public static EarlierRefusals ofThisActivity() {
        return new EarlierRefusals(Activity.getExecutionContext());
    }

    /** This attempt, counted from when the first one was made that was refused; before that it waited for its turn. */
    public Attempt attempt() {
        return new Attempt(activity.getInfo().getAttempt(), since, startedAt(activity));
    }

    /** The failure as the workflow may believe it: one that leaves the creation open keeps its undo alive. */
    public ApplicationFailure settle(ApplicationFailure refused) {
        Refusal refusal = Refusals.refusal(refused).orElseThrow();
        return switch (refusal.reaction()) {
            case RETRY_SLOWLY, NOT_VISIBLE_YET -> counted(refusal, refused);
            case BACK_OFF -> CommonErrors.THROTTLES.contains(refusal.code()) ? counted(refusal, refused) : refused;
            case GIVE_UP -> everyAttemptWasRefused() ? refused : Refusals.settledAs(unsettled(refusal), refused);
            case NEXT_CANDIDATE, RELAUNCH, FIND_FOUNDATION_AGAIN ->
                everyAttemptWasRefused() ? refused : Refusals.settledAs(refusal.afterUnknownOutcome(), refused);
            case ALREADY_DONE -> refused;
        };
    }

    private boolean everyAttemptWasRefused() {
        return fromTheFirst && count == activity.getInfo().getAttempt() - 1;
    }

    /** Worth another attempt; should there be no time for one, the workflow gets it, and must not take it for settled. */
    private ApplicationFailure counted(Refusal refusal, ApplicationFailure refused) {
        activity.heartbeat(new Refused(
                refusal.operation(), "refused with " + refusal.code(), count + 1, fromTheFirst, Optional.of(since)));
        return everyAttemptWasRefused() ? refused : Refusals.leftOpen(refused);
    }

    private static Refusal unsettled(Refusal refusal) {
        return new Refusal(refusal.operation(), refusal.code(), Reaction.BACK_OFF, refusal.blame(), true);
    }

    /**
     * What an attempt leaves for the next; begins as a {@link org.amibakery.failure.LastSighting} does, which a time-out
     * is explained by.
     *
     * @param fromTheFirst whether the count began with the very first attempt; versions that did not tell believed so
     * @param since when the first of these attempts began; absent in what versions left that did not tell
     */
    record Refused(String id, String state, int count, Boolean fromTheFirst, Optional<Instant> since) {
        Refused {
            fromTheFirst = fromTheFirst == null ? Boolean.TRUE : fromTheFirst;
            since = since == null ? Optional.empty() : since;
        }
    }
}
