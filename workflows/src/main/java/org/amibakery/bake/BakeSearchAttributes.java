package org.amibakery.bake;

import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.builder.InstanceId;
import org.amibakery.recipe.ImageId;

/**
 * Writes a bake's search attributes, as far as the namespace knows them: an unknown one would block the workflow
 * task for ever. What is new goes out with the next step, so that a step costs one event at most.
 */
final class BakeSearchAttributes {
    static final SearchAttributeKey<String> RECIPE = SearchAttributeKey.forKeyword("BakeryRecipe");
    static final SearchAttributeKey<String> STEP = SearchAttributeKey.forKeyword("BakeryStep");
    static final SearchAttributeKey<String> REGION = SearchAttributeKey.forKeyword("BakeryRegion");
    static final SearchAttributeKey<String> IMAGE = SearchAttributeKey.forKeyword("BakeryImage");
    static final SearchAttributeKey<String> BUILDER = SearchAttributeKey.forKeyword("BakeryBuilder");

    private final List<String> registered;
    private final List<SearchAttributeUpdate<?>> due = new ArrayList<>();

    private BakeSearchAttributes(List<String> registered) {
        this.registered = registered;
    }

    static BakeSearchAttributes none() {
        return new BakeSearchAttributes(List.of());
    }

    static BakeSearchAttributes of(BakePlan plan) {
        BakeSearchAttributes attributes = new BakeSearchAttributes(plan.searchAttributes());
        attributes.add(RECIPE, plan.recipe());
        attributes.add(REGION, plan.region().name());
        return attributes;
    }

    void step(BakeStep step) {
        add(STEP, step.name());
        if (!due.isEmpty()) {
            Workflow.upsertTypedSearchAttributes(due.toArray(SearchAttributeUpdate[]::new));
            due.clear();
        }
    }

    void builder(InstanceId builder) {
        add(BUILDER, builder.value());
    }

    void image(ImageId image) {
        add(IMAGE, image.value());
    }

    private void add(SearchAttributeKey<String> key, String value) {
        if (registered.contains(key.getName())) {
            due.add(key.valueSet(value));
        }
    }
}
