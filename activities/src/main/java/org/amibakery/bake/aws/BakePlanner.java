package org.amibakery.bake.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.CommandPlan;
import org.amibakery.bake.ImagePlan;
import org.amibakery.bake.PlanBake;
import org.amibakery.bake.StagePlan;
import org.amibakery.bake.TestPlan;
import org.amibakery.builder.BuilderSettings;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.command.PlannedCommand;
import org.amibakery.configuration.Installation;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.image.OriginTags;
import org.amibakery.recipe.ImageNameTemplate;
import org.amibakery.recipe.ImageRecipe;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.retention.DeleteOldImages;

/** Merges a recipe with the installation into a plan. Calls nobody, so the same input gives the same plan. */
final class BakePlanner {
    /** What is still there so long after the deadline is nobody's any more: cleaning up takes minutes. */
    static final Duration MARGIN = Duration.ofHours(1);

    /** A family grows by one image a bake; ten a run catch up with a backlog without deleting much by mistake. */
    static final int MOST_DELETED_PER_RUN = 10;

    private final Installation installation;
    private final List<String> searchAttributes;

    BakePlanner(Installation installation, List<String> searchAttributes) {
        this.installation = installation;
        this.searchAttributes = List.copyOf(searchAttributes);
    }

    BakePlan plan(PlanBake request, WrittenRecipe written, ResolvedParts parts) {
        Recipe recipe = written.recipe();
        Instant deadline = request.startedAt().plus(recipe.deadline());
        Duration hold = recipe.onFailure().hold().orElse(Duration.ZERO);
        Instant expires = deadline.plus(hold.compareTo(MARGIN) > 0 ? hold : MARGIN);
        BakeTags tags = new BakeTags(installation.stack(), recipe.name(), request.bake(), expires);
        return new BakePlan(
                recipe.name(),
                installation.region(),
                new FindFoundationImage(
                        installation.region(),
                        parts.foundation(),
                        installation.functions().deployedFindFoundationImage()),
                candidates(recipe),
                settings(recipe, tags, tags.ofBuilder()),
                new CommandPlanner(installation.documentPrefix(), installation.outputBucket())
                        .plan(recipe, request.bake(), parts.playbooks()),
                image(request, written, tags, parts.playbooks()),
                retention(recipe),
                recipe.onFailure().hold(),
                deadline,
                searchAttributes,
                installation.notificationTopic(),
                BakePlan.REVISION);
    }

    /** The same plan, whose image tells which versions of the documents shaped it. */
    BakePlan naming(Map<String, DocumentVersion> versions, BakePlan plan) {
        CommandPlan commands = plan.commands();
        List<PlannedCommand> shaping = new ArrayList<>(List.of(commands.updatePackages(), commands.installPackages()));
        shaping.addAll(commands.playbooks());
        shaping.add(commands.scrub()); // neither the check of the agent nor a test leaves anything on the image
        List<String> origins = shaping.stream()
                .map(PlannedCommand::document)
                .distinct()
                .map(document -> BakeTags.origin(document, versions.getOrDefault(document, DocumentVersion.UNKNOWN)))
                .toList();
        return plan.with(plan.image().alsoTagged(OriginTags.DOCUMENTS, TagValue.of(origins)));
    }

    /** For each type each subnet, as capacity is short by type and zone, and the author prefers types. */
    private List<LaunchCandidate> candidates(Recipe recipe) {
        List<String> subnets = recipe.builder().subnets().isEmpty()
                ? installation.network().subnets()
                : recipe.builder().subnets();
        List<Optional<String>> places = subnets.isEmpty()
                ? List.of(Optional.empty())
                : subnets.stream().map(Optional::of).toList();
        return recipe.builder().instanceTypes().stream()
                .flatMap(type -> places.stream().map(place -> new LaunchCandidate(type, place)))
                .toList();
    }

    private BuilderSettings settings(Recipe recipe, BakeTags tags, Map<String, String> names) {
        return new BuilderSettings(
                recipe.system(),
                installation.network().securityGroups(),
                installation.instanceProfile(),
                recipe.builder().rootVolume(),
                recipe.image().encrypt(),
                names,
                tags.expires(),
                installation.network().publicIp());
    }

    private ImagePlan image(PlanBake request, WrittenRecipe written, BakeTags tags, List<PinnedPlaybook> playbooks) {
        Recipe recipe = written.recipe();
        String name = new ImageNameTemplate(recipe.image().name())
                .expand(recipe.name(), installation.region(), request.startedAt());
        return new ImagePlan(
                name,
                "%s (%s), baked by AMI Bakery at %s"
                        .formatted(recipe.name(), recipe.system().text(), request.startedAt()),
                tags.ofUnfinishedImage(name, written.digest().hex(), playbooks),
                BakeTags.ofGoodImage(recipe.image().tags()),
                stages(recipe, tags));
    }

    private StagePlan stages(Recipe recipe, BakeTags tags) {
        ImageRecipe image = recipe.image();
        return new StagePlan(
                image.test()
                        .map(test -> new TestPlan(settings(recipe, tags, tags.ofTest()), CommandPlanner.test(test))),
                image.deprecateAfter(),
                image.shareWith(),
                image.copyTo().stream()
                        .map(region -> installation.region().sibling(region.name()))
                        .toList(),
                image.parameter());
    }

    private DeleteOldImages retention(Recipe recipe) {
        return new DeleteOldImages(
                installation.region(),
                installation.stack(),
                recipe.name(),
                recipe.retention(),
                MOST_DELETED_PER_RUN,
                installation.functions().deployedCleanUpImages(),
                Optional.empty());
    }
}
