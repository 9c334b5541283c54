package org.amibakery.bake;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.builder.BakeId;
import org.amibakery.failure.Failures;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.image.AvailableImage;
import org.amibakery.image.CopyImage;
import org.amibakery.image.CopyToken;
import org.amibakery.image.DeprecateImage;
import org.amibakery.image.DiscardImage;
import org.amibakery.image.ImageRef;
import org.amibakery.image.PublishImage;
import org.amibakery.image.PublishingActivities;
import org.amibakery.image.ShareImage;
import org.amibakery.recipe.Durations;
import org.amibakery.recipe.Region;
import org.amibakery.workflow.ActivityProfiles;

/**
 * Brings a good image to those who use it, as far as the recipe says so. Nothing here takes the image back: what fails
 * becomes a warning, and the other stages go on.
 */
final class ImageStages {
    /** A region that is out of reach must not keep the bake open; the expiry tag gives what is left to the reaper. */
    private static final Duration DISCARDED_WITHIN = Duration.ofHours(1);

    private final BakePlan plan;
    private final FoundationImage foundation;
    private final StagePlan stages;
    private final BakeId bake;
    private final CleanupStack cleanups;
    private final Progress progress;

    ImageStages(BakePlan plan, FoundationImage foundation, BakeId bake, CleanupStack cleanups, Progress progress) {
        this.plan = plan;
        this.foundation = foundation;
        this.stages = plan.image().stages();
        this.bake = bake;
        this.cleanups = cleanups;
        this.progress = progress;
    }

    /** Deprecates, shares and copies the image; then, last, lets the parameter name it. */
    void run(AvailableImage image) {
        deprecate(plan.region(), image, "deprecate");
        boolean shared = share(plan.region(), image, "share");
        List<Promise<Void>> copies = stages.copyTo().stream()
                .map(region -> Async.procedure(() -> copy(region, image)))
                .toList();
        Promise.allOf(copies).get();
        stages.parameter().ifPresent(parameter -> {
            if (shared) {
                publish(image, parameter);
            } else {
                progress.warn("Parameter %s names the image before it: not all who read it could launch %s."
                        .formatted(parameter, image.id()));
            }
        });
    }

    private void deprecate(Region region, AvailableImage image, String stage) {
        stages.deprecateAfter()
                .ifPresent(after -> stage(stage, () -> {
                    activities(ActivityProfiles.quick("deprecate " + image.id()))
                            .deprecate(new DeprecateImage(new ImageRef(region, image.id()), after));
                    return "%s %s after its creation".formatted(image.id(), Durations.text(after));
                }));
    }

    /** Tells whether everybody who is to launch the image may. */
    private boolean share(Region region, AvailableImage image, String stage) {
        return stages.shareWith().isEmpty()
                || stage(stage, () -> {
                    activities(ActivityProfiles.quick("share " + image.id()))
                            .share(new ShareImage(region, image, stages.shareWith()));
                    return "%s with %s".formatted(image.id(), String.join(", ", stages.shareWith()));
                });
    }

    /** A copy that does not become good leaves nothing in its region, and stops no other. */
    private void copy(Region region, AvailableImage image) {
        stage("copy to " + region, () -> {
            AvailableImage copy = goodCopy(region, image);
            deprecate(region, copy, "deprecate in " + region);
            share(region, copy, "share in " + region);
            return copy.id().toString();
        });
    }

    private AvailableImage goodCopy(Region region, AvailableImage image) {
        UnfinishedImage copy = new UnfinishedImage(
                new DiscardImage(
                        region, plan.image().name(), bake.workflowId(), bake.originalRunId(), Optional.empty()),
                ActivityProfiles.within("discard the copy in " + region, DISCARDED_WITHIN),
                cleanups);
        try {
            copy.request(() -> activities(ActivityProfiles.quick("copy %s to %s".formatted(image.id(), region)))
                    .copy(copying(region, image)));
            AvailableImage available = copy.awaitAvailable();
            copy.makeGood(available, plan.image().tagsWhenGood());
            return available;
        } catch (TemporalFailure failure) {
            progress.leftBehind(copy.discardNow());
            throw failure;
        }
    }

    private CopyImage copying(Region region, AvailableImage image) {
        return new CopyImage(
                region,
                CopyToken.of(bake, region),
                new ImageRef(plan.region(), image.id()),
                plan.image().name(),
                plan.image().description(),
                plan.builder().encrypted(),
                plan.image().tagsAtCreation(foundation));
    }

    /** Last, so that whoever reads the parameter finds everything else done. */
    private void publish(AvailableImage image, String parameter) {
        stage("publish", () -> {
            activities(ActivityProfiles.quick("publish " + image.id()))
                    .publish(new PublishImage(new ImageRef(plan.region(), image.id()), parameter));
            return "%s names %s".formatted(parameter, image.id());
        });
    }

    private boolean stage(String name, Functions.Func<String> action) {
        progress.stage(new StageReport(name, StepState.RUNNING, ""));
        try {
            progress.stage(new StageReport(name, StepState.COMPLETED, action.apply()));
            return true;
        } catch (TemporalFailure failure) {
            StepState how = Failures.isCancellation(failure) ? StepState.CANCELED : StepState.FAILED;
            String why = Failures.rootMessage(failure);
            progress.stage(new StageReport(name, how, why));
            progress.warn("The image is good and stays, but stage \"%s\" came to nothing: %s".formatted(name, why));
            return false;
        }
    }

    private static PublishingActivities activities(ActivityOptions profile) {
        return Workflow.newActivityStub(PublishingActivities.class, profile);
    }
}
