package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.amibakery.schedule.ScheduledWindow;
import org.amibakery.schedule.WindowChange;
import org.amibakery.window.MaintenanceWindowWorkflow;

/** Writes windows in the JSON that scripts rely on: components are added, never renamed or removed. */
final class ScheduleJson {
    private ScheduleJson() {}

    static ObjectNode change(WindowChange change) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("window", change.window())
                .put("schedule", MaintenanceWindowWorkflow.id(change.window()))
                .put("change", change.kind().name().toLowerCase(Locale.ROOT));
        ArrayNode differences = json.putArray("differences");
        change.differences().forEach(difference -> differences
                .addObject()
                .put("path", difference.path())
                .put("before", difference.before().orElse(null))
                .put("after", difference.after().orElse(null)));
        return json;
    }

    static ObjectNode of(ScheduledWindow window, List<WindowStand> recent) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("window", window.name())
                .put("schedule", MaintenanceWindowWorkflow.id(window.name()))
                .put("timeZone", window.zone().getId())
                .put("paused", window.paused().orElse(null))
                .put("note", window.note())
                .put("missed", window.missed())
                .put("skipped", window.skipped());
        ObjectNode settings = json.putObject("settings");
        window.values().forEach((name, value) -> {
            if (!name.startsWith("recipes.")) {
                settings.put(name, value);
            }
        });
        ArrayNode recipes = json.putArray("recipes");
        window.window()
                .recipes()
                .forEach(recipe -> recipes.add(recipe.recipe().path("name").asText()));
        ArrayNode next = json.putArray("nextRuns");
        window.next().forEach(time -> next.add(time.toString()));
        ArrayNode runs = json.putArray("lastRuns");
        recent.forEach(stand -> runs.add(of(stand)));
        return json;
    }

    private static ObjectNode of(WindowStand stand) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("workflowId", stand.run().workflowId())
                .put("runId", stand.run().runId())
                .put("due", stand.run().due().toString())
                .put("state", stand.state());
        json.set("report", stand.report().map(WindowJson::of).orElse(null));
        return json;
    }
}
