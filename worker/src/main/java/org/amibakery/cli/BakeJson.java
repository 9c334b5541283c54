package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.StepReport;
import org.amibakery.retention.RetentionReport.ImageVerdict;

/** Writes bakes in the JSON that scripts rely on: components are added, never renamed or removed. */
public final class BakeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private BakeJson() {}

    /** One bake as it stands, or as it ended. */
    public static ObjectNode of(BakeReport report) {
        BakeName name = BakeName.of(report);
        ObjectNode bake = JSON.objectNode();
        bake.put("workflowId", report.workflowId());
        bake.put("runId", report.runId());
        bake.put("recipe", name.recipe());
        bake.put("region", name.region());
        bake.put("imageId", text(report.image()));
        bake.put("imageName", report.imageName());
        bake.put("foundationImageId", text(report.foundationImage()));
        bake.put("state", lowerCase(report.state()));
        bake.put("startedAt", report.startedAt().toString());
        ArrayNode steps = bake.putArray("steps");
        report.steps().forEach(step -> steps.add(of(step)));
        ArrayNode stages = bake.putArray("stages");
        report.stages().forEach(stage -> stages.addObject()
                .put("stage", stage.stage())
                .put("state", lowerCase(stage.state()))
                .put("detail", stage.detail()));
        ArrayNode deleted = bake.putArray("deleted");
        report.deleted().forEach(image -> deleted.add(of(image)));
        texts(bake.putArray("leaked"), report.leaked());
        texts(bake.putArray("warnings"), report.warnings());
        return bake.put("failure", report.failure());
    }

    /** All bakes of one command: one object for one bake, an array for several. */
    static void write(Console console, List<BakeReport> reports) {
        reports.forEach(report -> console.jsonLine(of(report)));
        if (console.format() == OutputFormat.JSON) {
            console.json(reports.size() == 1 ? of(reports.get(0)) : array(reports));
        }
    }

    /** An image that went, or stays, and why. */
    static ObjectNode of(ImageVerdict image) {
        return JSON.objectNode()
                .put("id", image.id().value())
                .put("name", image.name())
                .put("reason", image.reason());
    }

    /** One event of a bake that is followed. */
    static ObjectNode of(ProgressEvent event) {
        ObjectNode json = JSON.objectNode();
        json.put("event", lowerCase(event.kind()));
        json.put("at", event.at().toString());
        json.put("workflowId", event.workflowId());
        event.step().ifPresent(step -> json.put("step", step.name()));
        if (!event.state().isEmpty()) {
            json.put("state", event.state());
        }
        return json.put("detail", event.detail());
    }

    static ArrayNode array(List<BakeReport> reports) {
        ArrayNode array = JSON.arrayNode();
        reports.forEach(report -> array.add(of(report)));
        return array;
    }

    private static ObjectNode of(StepReport step) {
        return JSON.objectNode()
                .put("step", step.step().name())
                .put("state", lowerCase(step.state()))
                .put("startedAt", step.startedAt().map(Instant::toString).orElse(null))
                .put("endedAt", step.endedAt().map(Instant::toString).orElse(null))
                .put("attempts", step.attempts())
                .put("detail", step.detail());
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static String text(Optional<?> id) {
        return id.map(Object::toString).orElse(null);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
