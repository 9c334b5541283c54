package org.amibakery.bake;

import static org.amibakery.failure.Reaction.FIND_FOUNDATION_AGAIN;
import static org.amibakery.failure.Reaction.NEXT_CANDIDATE;
import static org.amibakery.failure.Reaction.RELAUNCH;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.amibakery.bake.CleanupStack.Cleanup;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.builder.LaunchToken;
import org.amibakery.failure.Failures;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.workflow.ActivityProfiles;

/**
 * Launches the builder from the first candidate that has capacity. Every launch has its own number and token and its
 * own undo, so that giving one up for the next leaves nothing behind.
 */
final class BuilderLaunch {
    /** RunInstances answers so to a token whose instance is terminated: that of a launch before a reset. */
    private static final String TOKEN_OF_THE_DEAD = "IdempotentInstanceTerminated";

    /** More resets of one bake than this are no accident. */
    private static final int RESETS = 5;

    /** Packer and EC2 users know ten minutes as the bound for an instance to run. */
    private static final Duration RUNNING_WITHIN = Duration.ofMinutes(10);

    private final LaunchPlan plan;
    private final CleanupStack cleanups;
    private final LaunchProgress progress;
    private Cleanup undo;
    private FoundationImage foundation;
    private int launches;
    private int relaunches;
    private int deadTokens;
    private boolean foundationLookedUpAgain;

    BuilderLaunch(LaunchPlan plan, CleanupStack cleanups, LaunchProgress progress, FoundationImage foundation) {
        this.plan = plan;
        this.cleanups = cleanups;
        this.progress = progress;
        this.foundation = foundation;
    }

    /**
     * Launches and waits until the builder runs.
     *
     * @param findAgain looks the foundation image up once more, should it be gone since it was found
     */
    RunningLaunch run(Functions.Func<FoundationImage> findAgain) {
        int next = 0;
        plan.queue().ifPresent(queue -> progress.awaitingTurn(plan.candidates().get(0)));
        while (true) {
            LaunchCandidate candidate = plan.candidates().get(next);
            try {
                return launch(candidate);
            } catch (TemporalFailure failure) {
                if (Failures.asksFor(NEXT_CANDIDATE, failure)
                        && next + 1 < plan.candidates().size()) {
                    next++;
                } else if (Failures.asksFor(FIND_FOUNDATION_AGAIN, failure) && !foundationLookedUpAgain) {
                    foundationLookedUpAgain = true;
                    foundation = findAgain.apply();
                } else if (!Failures.asksFor(RELAUNCH, failure) || !mayRelaunch(failure)) {
                    throw failure;
                }
                progress.launchingAgain("%s: %s".formatted(candidate, Failures.rootMessage(failure)));
                progress.leftBehind(cleanups.run(undo)); // settled and gone before another one is launched
            }
        }
    }

    /** Once when an instance died of EC2's own doing; more often past tokens that earlier, reset runs used up. */
    private boolean mayRelaunch(TemporalFailure failure) {
        if (Failures.type(failure).equals(TOKEN_OF_THE_DEAD)) {
            return deadTokens++ < RESETS;
        }
        return relaunches++ == 0;
    }

    private RunningLaunch launch(LaunchCandidate candidate) {
        LaunchToken token = plan.tokens().token(launches++, candidate);
        LaunchedBuilder builder = new LaunchedBuilder(plan.region(), token);
        undo = cleanups.register("the builder of launch " + token, builder::undo);
        try {
            builder.launched(requestLaunch(candidate, token));
        } catch (TemporalFailure failure) {
            if (Failures.refusal(failure).filter(BuilderLaunch::isSettled).isPresent()) {
                cleanups.discharge(undo); // EC2 refused the launch for good, so there is nothing to undo
            }
            throw failure;
        }
        progress.launched(builder.ref().id(), candidate);
        Workflow.newActivityStub(
                        BuilderActivities.class, ActivityProfiles.wait("see " + candidate + " running", RUNNING_WITHIN))
                .awaitRunning(builder.ref());
        return new RunningLaunch(builder, undo);
    }

    private static boolean isSettled(Refusal refusal) {
        return refusal.reaction() != Reaction.BACK_OFF && !refusal.unsettled();
    }

    private InstanceId requestLaunch(LaunchCandidate candidate, LaunchToken token) {
        LaunchBuilder request = new LaunchBuilder(plan.region(), token, candidate, foundation, plan.settings());
        String summary = "launch " + candidate;
        ActivityOptions how = plan.queue()
                .map(queue -> ActivityProfiles.paced(summary, queue))
                .orElseGet(() -> ActivityProfiles.quick(summary));
        return Detached.call(
                () -> Workflow.newActivityStub(BuilderActivities.class, how).launch(request));
    }

    /** A builder that runs, and its undo. */
    record RunningLaunch(LaunchedBuilder builder, Cleanup undo) {}
}
