package org.amibakery.bake;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.builder.BuilderSettings;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.recipe.Region;
import org.amibakery.retention.DeleteOldImages;

/**
 * Fixes everything a bake does before it does anything: configuration merged in, playbook versions and digests
 * resolved, names, tags and deadlines computed. Nothing later in the bake reads configuration.
 *
 * @param candidates ways to launch the builder, tried in this order
 * @param hold how long a failed builder is kept for debugging; absent means not at all
 * @param deadline ends the bake
 * @param searchAttributes those of ours that the namespace knows; writing another would block the workflow
 * @param notificationTopic the ARN of the SNS topic that hears of the bake's end; absent means nobody does
 * @param revision of the process that the bake follows to its end, whatever later ones do differently: 0 of the first release,
 *     1 of those that find the foundation image by a local activity
 */
public record BakePlan(
        String recipe,
        Region region,
        FindFoundationImage foundation,
        List<LaunchCandidate> candidates,
        BuilderSettings builder,
        CommandPlan commands,
        ImagePlan image,
        DeleteOldImages retention,
        Optional<Duration> hold,
        Instant deadline,
        List<String> searchAttributes,
        Optional<String> notificationTopic,
        int revision) {

    /** The newest one. */
    public static final int REVISION = 1;

    public BakePlan {
        requireNonNull(recipe, "recipe");
        requireNonNull(region, "region");
        requireNonNull(foundation, "foundation");
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
        requireNonNull(builder, "builder");
        requireNonNull(commands, "commands");
        requireNonNull(image, "image");
        requireNonNull(retention, "retention");
        hold = hold == null ? Optional.empty() : hold;
        requireNonNull(deadline, "deadline");
        searchAttributes = searchAttributes == null ? List.of() : List.copyOf(searchAttributes);
        notificationTopic = notificationTopic == null ? Optional.empty() : notificationTopic;
    }

    /** The same plan with another one of its image. */
    public BakePlan with(ImagePlan other) {
        return new BakePlan(
                recipe,
                region,
                foundation,
                candidates,
                builder,
                commands,
                other,
                retention,
                hold,
                deadline,
                searchAttributes,
                notificationTopic,
                revision);
    }
}
