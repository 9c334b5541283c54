package org.amibakery.bake;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.bake.CleanupStack.Cleanup;
import org.amibakery.failure.Failures;
import org.amibakery.image.AvailableImage;
import org.amibakery.image.DiscardImage;
import org.amibakery.image.ImageActivities;
import org.amibakery.image.ImageRef;
import org.amibakery.image.TagImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.workflow.ActivityProfiles;

/**
 * Follows one image of a bake from before the call that makes it until it counts. In between it can be discarded, even
 * when the call's answer, and so its id, was lost.
 */
final class UnfinishedImage {
    /** Images of large volumes are pending for hours (packer#10248); the bake's deadline bounds it earlier. */
    private static final Duration AVAILABLE_WITHIN = Duration.ofHours(24);

    private final DiscardImage unknown;
    private final CleanupStack cleanups;
    private final Cleanup discard;
    private Optional<ImageId> id = Optional.empty();

    /**
     * Registers the discarding of an image that is about to be made.
     *
     * @param unknown how to discard it while its id is not known
     * @param discarding how patiently
     */
    UnfinishedImage(DiscardImage unknown, ActivityOptions discarding, CleanupStack cleanups) {
        this.unknown = unknown;
        this.cleanups = cleanups;
        this.discard = cleanups.register("image %s in %s".formatted(unknown.name(), unknown.region()), () -> {
            Workflow.newActivityStub(ImageActivities.class, discarding)
                    .discard(new DiscardImage(unknown.region(), unknown.name(), unknown.bake(), run(), id));
        });
    }

    /** None after a reset: the image may have become good in the run before it, and then it stays. */
    private String run() {
        return Workflow.getInfo().getRunId().equals(unknown.run()) ? unknown.run() : "";
    }

    /** Makes the call, which is never abandoned half way. */
    ImageId request(Functions.Func<ImageId> call) {
        try {
            ImageId made = Detached.call(call);
            id = Optional.of(made);
            return made;
        } catch (TemporalFailure failure) {
            if (Failures.isRefusedForGood(failure)) {
                cleanups.discharge(discard); // so nothing was made, and an image of that name is somebody else's
            }
            throw failure;
        }
    }

    AvailableImage awaitAvailable() {
        ImageRef image = new ImageRef(unknown.region(), id.orElseThrow());
        return Workflow.newActivityStub(
                        ImageActivities.class,
                        ActivityProfiles.wait("see " + image.id() + " available", AVAILABLE_WITHIN))
                .awaitAvailable(image);
    }

    /** Once every tag was read back, the image counts, and no later failure takes it back. */
    void makeGood(AvailableImage available, Map<String, String> tags) {
        TagImage request = new TagImage(unknown.region(), available, tags, List.of("ami-bakery:expires"));
        Detached.run(
                () -> Workflow.newActivityStub(ImageActivities.class, ActivityProfiles.quick("tag " + available.id()))
                        .tag(request));
        cleanups.discharge(discard);
    }

    /** Discards the image at once; returns in words what could not be removed. */
    List<String> discardNow() {
        return cleanups.run(discard);
    }
}
