package org.amibakery.cli;

import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.reaper.FindRegions;
import org.amibakery.reaper.LookForOrphans;
import org.amibakery.reaper.ReaperActivities;
import org.amibakery.reaper.Removals;
import org.amibakery.reaper.RemoveOrphans;
import org.amibakery.reaper.Resource;
import org.amibakery.reaper.ResourceKind;
import org.amibakery.reaper.Sighting;
import org.amibakery.reaper.Territory;
import org.amibakery.reaper.Verdict;
import org.amibakery.recipe.Region;

/** One region with one orphan and one living builder in it, until the orphan is removed. */
final class SmallLeftovers implements ReaperActivities {
    static final Region REGION = new Region("us-east-1");
    static final Resource ORPHAN = new Resource(ResourceKind.INSTANCE, REGION, "i-0orphan");
    static final Resource LIVING = new Resource(ResourceKind.INSTANCE, REGION, "i-0living");

    private final List<Verdict> orphans = new ArrayList<>(
            List.of(new Verdict(ORPHAN, "bake/web/us-east-1", "was left by bake/web/us-east-1, which has ended")));
    private Optional<String> refusal = Optional.empty();

    synchronized void refusesToRemove(String message) {
        refusal = Optional.of(message);
    }

    synchronized List<Verdict> orphans() {
        return List.copyOf(orphans);
    }

    @Override
    public Territory findRegions(FindRegions request) {
        String stack = request.stack().orElse("ami-bakery");
        if (!stack.equals("ami-bakery")) {
            throw ApplicationFailure.newNonRetryableFailure("This worker serves the stack ami-bakery.", OTHER_STACK);
        }
        return new Territory(stack, List.of(REGION), List.of());
    }

    @Override
    public synchronized Sighting look(LookForOrphans request) {
        return new Sighting(
                REGION,
                orphans,
                orphans.size(),
                List.of(new Verdict(LIVING, "bake/api/us-east-1", "belongs to bake/api/us-east-1, which runs")),
                1);
    }

    @Override
    public synchronized Removals remove(RemoveOrphans request) {
        List<Verdict> asked = List.copyOf(orphans);
        if (refusal.isPresent()) {
            return new Removals(
                    List.of(),
                    List.of(),
                    asked.stream().map(orphan -> orphan.because(refusal.get())).toList());
        }
        orphans.clear();
        return new Removals(asked, List.of(), List.of());
    }
}
