package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.amibakery.recipe.ImageId;
import org.amibakery.window.WindowReport;

/** Writes what a window's run came to in the JSON that scripts rely on: components are added, never renamed or removed. */
final class WindowJson {
    private WindowJson() {}

    static ObjectNode of(WindowReport report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("window", report.window())
                .put("state", lowerCase(report.state()))
                .put("opened", report.opened().toString())
                .put("lastStart", report.lastStart().toString())
                .put("closes", report.closes().toString())
                .put("ended", report.ended().map(Instant::toString).orElse(null))
                .put("failedRunsInARow", report.failedRunsInARow())
                .put("paused", report.paused().orElse(null));
        recipes(json.putArray("recipes"), report);
        retention(json.putArray("retention"), report);
        ArrayNode warnings = json.putArray("warnings");
        report.warnings().forEach(warnings::add);
        return json;
    }

    private static void recipes(ArrayNode array, WindowReport report) {
        report.recipes().forEach(line -> {
            ObjectNode json = array.addObject()
                    .put("recipe", line.recipe())
                    .put("state", lowerCase(line.state()))
                    .put("workflowId", line.workflowId().orElse(null))
                    .put("imageId", line.image().map(ImageId::value).orElse(null))
                    .put("message", line.message());
            ArrayNode reasons = json.putArray("reasons");
            line.reasons().forEach(reasons::add);
        });
    }

    private static void retention(ArrayNode array, WindowReport report) {
        report.retention().forEach(line -> {
            ObjectNode json = array.addObject()
                    .put("recipe", line.recipe())
                    .put("workflowId", line.workflowId().orElse(null))
                    .put("deleted", line.deleted())
                    .put("withdrawn", line.withdrawn())
                    .put("kept", line.kept());
            ArrayNode troubles = json.putArray("troubles");
            line.troubles().forEach(troubles::add);
        });
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
