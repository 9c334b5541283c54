package org.amibakery.window;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.bake.PlanActivities;
import org.amibakery.change.BakeWhen;
import org.amibakery.change.ChangeActivities;
import org.amibakery.change.ChangeVerdict;
import org.amibakery.change.FindChange;
import org.amibakery.change.RecipeChange;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/** Families that changed or not as their recipes say, and bakes of theirs that somebody else started; thread-safe. */
final class FakeFamilies implements ChangeActivities, JoinActivities {
    private final List<String> checked = new ArrayList<>();
    private final List<String> joined = new ArrayList<>();
    private final Map<String, JoinedBake> ends = new ConcurrentHashMap<>();
    private final Map<String, String> silent = new ConcurrentHashMap<>();
    private final Map<String, Set<Integer>> badChecks = new ConcurrentHashMap<>();

    /** How the bake ends that somebody else started; it goes on for ever unless said. */
    void endsElsewhere(String workflowId, JoinedBake end) {
        ends.put(workflowId, end);
    }

    /** Nobody can tell whether this recipe changed, however often they are asked. */
    void cannotTellOf(String recipe, String message) {
        silent.put(recipe, message);
    }

    /** These checks of the recipe find it invalid, counted from 1. */
    void isInvalidAtChecks(String recipe, Integer... numbers) {
        badChecks.put(recipe, Set.of(numbers));
    }

    synchronized List<String> checked() {
        return List.copyOf(checked);
    }

    synchronized List<String> joined() {
        return List.copyOf(joined);
    }

    @Override
    public synchronized RecipeChange find(FindChange request) {
        JsonNode recipe = request.recipe().recipe();
        String name = recipe.path("name").asText();
        checked.add(name);
        if (silent.containsKey(name)) {
            throw ApplicationFailure.newFailure(silent.get(name), "RequestLimitExceeded");
        }
        if (badChecks.getOrDefault(name, Set.of()).contains(Collections.frequency(checked, name))) {
            throw ApplicationFailure.newNonRetryableFailure("not today", PlanActivities.INVALID_RECIPE);
        }
        if (recipe.has("invalid")) {
            throw ApplicationFailure.newNonRetryableFailure(
                    recipe.get("invalid").asText(), PlanActivities.INVALID_RECIPE);
        }
        boolean unchanged = recipe.path("unchanged").asBoolean() && request.when() == BakeWhen.CHANGED;
        return new RecipeChange(
                name,
                new Region("us-east-1"),
                unchanged ? ChangeVerdict.UNCHANGED : ChangeVerdict.CHANGED,
                List.of(request.when()
                        + request.rebakeAfter().map(age -> " " + age).orElse("")),
                unchanged ? Optional.of(new ImageId("ami-old-" + name)) : Optional.empty());
    }

    @Override
    public JoinedBake awaitEnd(JoinBake request) {
        synchronized (this) {
            joined.add(request.workflowId());
        }
        JoinedBake end = ends.get(request.workflowId());
        if (end == null) {
            throw ApplicationFailure.newBuilder()
                    .setMessage("It runs")
                    .setType("NotYet")
                    .setCategory(ApplicationErrorCategory.BENIGN)
                    .setNextRetryDelay(Duration.ofHours(1))
                    .build();
        }
        return end;
    }
}
