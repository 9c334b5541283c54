package org.amibakery.bake.aws;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.PlanActivities;
import org.amibakery.bake.PlanBake;
import org.amibakery.configuration.Installation;
import org.amibakery.recipe.Foundation;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RequestedRecipes;
import org.amibakery.recipe.reading.WrittenRecipe;

/**
 * Plans bakes: validates, pins the playbooks, merges the installation in, and finds out whether what the bake needs is
 * there. Read-only; also callable outside of an activity.
 */
public final class AwsPlanActivities implements PlanActivities {
    private final RequestedRecipes recipes = new RequestedRecipes();
    private final FoundationOwners owners;
    private final PlaybookArchives archives;
    private final PlaceOfBake places;
    private final List<String> searchAttributes;
    private final Prerequisites prerequisites;

    /**
     * Takes the installation and the clients.
     *
     * @param searchAttributes those of ours that the namespace knows
     */
    public AwsPlanActivities(Installation installation, AwsClients clients, List<String> searchAttributes) {
        owners = new FoundationOwners(requireNonNull(clients, "clients"));
        archives = new PlaybookArchives(clients);
        places = new PlaceOfBake(requireNonNull(installation, "installation"), clients);
        this.searchAttributes = List.copyOf(searchAttributes);
        prerequisites = new Prerequisites(clients);
    }

    @Override
    public BakePlan plan(PlanBake request) {
        WrittenRecipe written = recipes.read(request.request().recipe());
        Installation installation = places.of(written.recipe());
        Region region = installation.region();
        BakePlanner planner = new BakePlanner(installation, searchAttributes);
        List<PinnedPlaybook> playbooks = written.recipe().playbooks().stream()
                .map(playbook -> archives.pin(region, playbook))
                .toList();
        Foundation foundation = owners.named(region, written.recipe().foundation());
        BakePlan plan = planner.plan(request, written, new ResolvedParts(foundation, playbooks));
        return planner.naming(prerequisites.check(plan), plan);
    }
}
