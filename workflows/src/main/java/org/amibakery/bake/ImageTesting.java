package org.amibakery.bake;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.amibakery.agent.AgentActivities;
import org.amibakery.bake.BuilderLaunch.RunningLaunch;
import org.amibakery.builder.BakeId;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.command.CommandResult;
import org.amibakery.failure.Failures;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.image.AvailableImage;
import org.amibakery.workflow.ActivityProfiles;
import org.amibakery.workflow.WorkflowClock;

/**
 * Tests a new image before it counts, on an instance launched from it: with a token of its own, from the builder's
 * candidates, and undone like a builder. The builder is stopped meanwhile.
 */
final class ImageTesting {
    /** The failure type of an image that did not pass. */
    static final String FAILED = "ImageTestFailed";

    private static final String STAGE = "test";

    /** The image has booted before, so its agent registers sooner than a foundation image's. */
    private static final Duration AGENT_ONLINE_WITHIN = Duration.ofMinutes(15);

    private final BakePlan plan;
    private final BakeId bake;
    private final CleanupStack cleanups;
    private final Progress progress;

    ImageTesting(BakePlan plan, BakeId bake, CleanupStack cleanups, Progress progress) {
        this.plan = plan;
        this.bake = bake;
        this.cleanups = cleanups;
        this.progress = progress;
    }

    /** Runs the recipe's test, if it has one. Fails with {@link #FAILED} when the image does not pass. */
    void test(AvailableImage image, FoundationImage foundation) {
        plan.image().stages().test().ifPresent(test -> run(test, launchable(image, foundation)));
    }

    private void run(TestPlan test, FoundationImage image) {
        tell(StepState.RUNNING, "");
        try {
            RunningLaunch launch = launch(test, image);
            CommandResult result = runOn(launch.builder().ref(), test);
            end(launch);
            tell(StepState.COMPLETED, result.summary());
        } catch (TemporalFailure failure) {
            boolean canceled = Failures.isCancellation(failure);
            tell(canceled ? StepState.CANCELED : StepState.FAILED, Failures.rootMessage(failure));
            throw canceled ? failure : notPassed(image, failure);
        }
    }

    private RunningLaunch launch(TestPlan test, FoundationImage image) {
        LaunchProgress launching = new LaunchProgress() {
            @Override
            public void awaitingTurn(LaunchCandidate candidate) {
                tell(StepState.RUNNING, "launches %s when it is its turn".formatted(candidate));
            }

            @Override
            public void launched(InstanceId launched, LaunchCandidate candidate) {
                tell(StepState.RUNNING, "on %s %s".formatted(launched, candidate));
            }

            @Override
            public void launchingAgain(String why) {
                tell(StepState.RUNNING, why);
            }

            @Override
            public void leftBehind(List<String> leftovers) {
                progress.leftBehind(leftovers);
            }
        };
        return new BuilderLaunch(LaunchPlan.ofTest(plan, test, bake), cleanups, launching, image).run(() -> image);
    }

    private CommandResult runOn(BuilderRef instance, TestPlan test) {
        Workflow.newActivityStub(
                        AgentActivities.class,
                        ActivityProfiles.wait("see the agent of the new image online", AGENT_ONLINE_WITHIN))
                .awaitOnline(instance);
        return new BuilderCommands(bake, instance, plan.commands().outputBucket(), progress).run(test.command());
    }

    private void end(RunningLaunch launch) {
        Detached.run(() -> {
            launch.builder().terminate();
            launch.builder().confirmGone();
        });
        cleanups.discharge(launch.undo());
    }

    /** An image has the root device of the one its builder was launched from. */
    private FoundationImage launchable(AvailableImage image, FoundationImage foundation) {
        return new FoundationImage(
                image.id(),
                plan.image().name(),
                foundation.ownerId(),
                foundation.architecture(),
                WorkflowClock.now(),
                foundation.rootDeviceName(),
                foundation.rootVolumeGibibytes());
    }

    private void tell(StepState state, String detail) {
        progress.stage(new StageReport(STAGE, state, detail));
    }

    private static TemporalFailure notPassed(FoundationImage image, TemporalFailure failure) {
        return ApplicationFailure.newNonRetryableFailureWithCause(
                "The new image %s did not pass its test: %s".formatted(image.id(), Failures.rootMessage(failure)),
                FAILED,
                failure);
    }
}
