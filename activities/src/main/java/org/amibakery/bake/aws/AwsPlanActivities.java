package org.amibakery.bake.aws;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
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
    /** Half a minute: long enough for bakes that begin together, short enough for whoever installs. */
    public static final Duration SHORT_MEMORY = Duration.ofSeconds(30);

    private final RequestedRecipes recipes = new RequestedRecipes();
    private final FoundationOwners owners;
    private final PlaybookArchives archives;
    private final PlaceOfBake places;
    private final List<String> searchAttributes;
    private final Prerequisites prerequisites;

    /**
     * Takes the installation and the clients, and asks anew for each plan.
     *
     * @param searchAttributes those of ours that the namespace knows
     */
    public AwsPlanActivities(Installation installation, AwsClients clients, List<String> searchAttributes) {
        this(installation, clients, searchAttributes, Duration.ZERO);
    }

    /**
     * Takes also how long a document or a function that was there counts as being there, in the version that it had.
     *
     * @param memory zero for whoever looks for changes
     */
    public AwsPlanActivities(
            Installation installation, AwsClients clients, List<String> searchAttributes, Duration memory) {
        this(installation, clients, searchAttributes, memory, Clock.systemUTC());
    }

    AwsPlanActivities(
            Installation installation,
            AwsClients clients,
            List<String> searchAttributes,
            Duration memory,
            Clock clock) {
        owners = new FoundationOwners(requireNonNull(clients, "clients"));
        archives = new PlaybookArchives(clients, clock);
        places = new PlaceOfBake(requireNonNull(installation, "installation"), clients);
        this.searchAttributes = List.copyOf(searchAttributes);
        prerequisites = new Prerequisites(clients, memory, clock);
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
