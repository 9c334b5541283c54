package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.amibakery.bake.BakePlan;
import org.amibakery.command.PlannedCommand;
import org.amibakery.foundation.FoundationImage;

/** Writes a plan for programs. */
final class PlanJson {
    private PlanJson() {}

    static ObjectNode of(Preview preview) {
        BakePlan plan = preview.plan();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("workflowId", preview.workflowId());
        json.put("recipe", plan.recipe());
        json.put("region", plan.region().name());
        json.set("foundation", foundation(preview.foundation()));
        ObjectNode image = json.putObject("image").put("name", plan.image().name());
        texts(image.putObject("tags"), PlanText.tags(plan));
        ArrayNode candidates = json.putArray("candidates");
        plan.candidates().forEach(candidate -> candidates
                .addObject()
                .put("instanceType", candidate.instanceType())
                .put("subnet", candidate.subnet().orElse(null)));
        ArrayNode commands = json.putArray("commands");
        PlanText.commands(plan.commands()).forEach(command -> commands.add(command(command)));
        json.put("deadline", plan.deadline().toString());
        json.put("holdOnFailure", plan.hold().map(Duration::toString).orElse(null));
        json.put("estimatedDuration", preview.usual().map(Duration::toString).orElse(null));
        cleanUp(json, preview);
        return json;
    }

    private static ObjectNode foundation(FoundationImage foundation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", foundation.id().value())
                .put("name", foundation.name())
                .put("ownerId", foundation.ownerId())
                .put("createdAt", foundation.createdAt().toString());
    }

    private static ObjectNode command(PlannedCommand command) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("label", command.label())
                .put("document", command.document())
                .put("limit", command.limit().toString());
        texts(json.putObject("parameters"), command.parameters());
        return json;
    }

    private static void cleanUp(ObjectNode json, Preview preview) {
        ArrayNode deletes = json.putArray("deletes");
        preview.cleanUp().deleted().forEach(image -> deletes.addObject()
                .put("id", image.imageId())
                .put("name", image.name())
                .put("reason", image.reason()));
        ArrayNode withdraws = json.putArray("withdraws");
        preview.cleanUp().withdrawn().forEach(image -> withdraws
                .addObject()
                .put("id", image.imageId())
                .put("name", image.name())
                .put("step", image.step().name().toLowerCase(Locale.ROOT))
                .put("until", image.until().toString())
                .put("reason", image.reason()));
        ArrayNode keeps = json.putArray("keeps");
        preview.cleanUp().kept().forEach(image -> keeps.addObject()
                .put("id", image.imageId())
                .put("name", image.name())
                .put("reason", image.reason()));
    }

    private static void texts(ObjectNode object, Map<String, String> texts) {
        texts.forEach(object::put);
    }
}
