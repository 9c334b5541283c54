package org.amibakery.recipe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Describes one image family: what a bake starts from, what it installs, and what becomes of the image.
 *
 * @param name the family's name; with the region it names the bakes, the tags and the image
 * @param region where to bake; absent means the installation's own region
 * @param account the 12 digits of the account to bake in; absent means the installation's own
 * @param deadline bounds the whole bake; the builder does not outlive it
 */
public record Recipe(
        String name,
        Optional<Region> region,
        Optional<String> account,
        SystemFamily system,
        Foundation foundation,
        BuilderRecipe builder,
        Packages packages,
        List<Playbook> playbooks,
        ImageRecipe image,
        RetentionPolicy retention,
        FailurePolicy onFailure,
        Duration deadline) {

    /** Bounds a bake whose recipe names no deadline. Image creation alone may take hours (packer#10248). */
    public static final Duration DEFAULT_DEADLINE = Duration.ofHours(4);

    public Recipe {
        requireNonNull(name, "name");
        region = region == null ? Optional.empty() : region;
        account = account == null ? Optional.empty() : account;
        requireNonNull(system, "system");
        requireNonNull(foundation, "foundation");
        requireNonNull(builder, "builder");
        packages = packages == null ? new Packages(List.of()) : packages;
        playbooks = playbooks == null ? List.of() : List.copyOf(playbooks);
        image = image == null ? ImageRecipe.DEFAULT : image;
        retention = retention == null ? RetentionPolicy.DEFAULT : retention;
        onFailure = onFailure == null ? FailurePolicy.TERMINATE : onFailure;
        deadline = deadline == null ? DEFAULT_DEADLINE : deadline;
    }
}
