package org.amibakery.bake;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.builder.InstanceId;
import org.amibakery.recipe.ImageId;
import org.amibakery.retention.RetentionReport.ImageVerdict;

/**
 * Tells how a bake stands: the answer of the query {@code progress}, the result of a finished bake, and the details
 * of a failed one.
 *
 * @param image present once EC2 gave the image its id; it counts only when the bake completed
 * @param deleted the old images that retention deleted
 * @param warnings what did not stop the bake but wants attention
 * @param leaked what cleanup could not remove, in words; empty unless something needs a person
 * @param failure why the bake failed, in words; empty unless it did
 * @param stages how the stages went that the recipe switches on, as far as they have begun
 */
public record BakeReport(
        String workflowId,
        String runId,
        String recipe,
        String region,
        BakeState state,
        List<StepReport> steps,
        Optional<ImageId> foundationImage,
        Optional<InstanceId> builder,
        Optional<ImageId> image,
        String imageName,
        Instant startedAt,
        Optional<Instant> deadline,
        List<ImageVerdict> deleted,
        List<String> warnings,
        List<String> leaked,
        String failure,
        List<StageReport> stages) {

    public BakeReport {
        requireNonNull(workflowId, "workflowId");
        requireNonNull(runId, "runId");
        requireNonNull(state, "state");
        steps = steps == null ? List.of() : List.copyOf(steps);
        foundationImage = foundationImage == null ? Optional.empty() : foundationImage;
        builder = builder == null ? Optional.empty() : builder;
        image = image == null ? Optional.empty() : image;
        deadline = deadline == null ? Optional.empty() : deadline;
        deleted = deleted == null ? List.of() : List.copyOf(deleted);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        leaked = leaked == null ? List.of() : List.copyOf(leaked);
        failure = failure == null ? "" : failure;
        stages = stages == null ? List.of() : List.copyOf(stages);
    }
}
