package org.amibakery.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.amibakery.bake.BakeRequest;
import org.amibakery.recipe.Durations;
import org.amibakery.window.MaintenanceWindow;

/**
 * Describes a window's schedule value by value, in the words of its file, so that two can be compared: what a file says,
 * and what Temporal has.
 */
final class WindowPicture {
    private static final String NONE = "none";

    private final Map<String, String> values = new LinkedHashMap<>();

    private WindowPicture() {}

    /** Describes a schedule that starts runs of this window. */
    static Map<String, String> of(Schedule schedule, MaintenanceWindow window) {
        WindowPicture picture = new WindowPicture();
        picture.describe(schedule.getSpec());
        picture.describe(window);
        picture.describe(schedule.getPolicy());
        picture.values.put(
                "limit",
                text(((ScheduleActionStartWorkflow) schedule.getAction())
                        .getOptions()
                        .getWorkflowRunTimeout()));
        window.recipes().forEach(picture::describe);
        return picture.values;
    }

    private void describe(ScheduleSpec spec) {
        values.put("cron", cron(spec));
        values.put("timeZone", spec.getTimeZoneName());
        values.put("jitter", text(spec.getJitter()));
    }

    /** What was authored stands behind the sign #, and the server keeps it as a comment. */
    static String cron(ScheduleSpec spec) {
        return spec.getCronExpressions().isEmpty()
                ? spec.getCalendars().stream()
                        .map(ScheduleCalendarSpec::getComment)
                        .collect(Collectors.joining(", "))
                : spec.getCronExpressions().stream()
                        .map(expression -> expression.replaceFirst(".*# ", ""))
                        .collect(Collectors.joining(", "));
    }

    private void describe(MaintenanceWindow window) {
        values.put("duration", text(window.duration()));
        values.put("cutoff", text(window.cutoff()));
        values.put("atEnd", window.atEnd().name().toLowerCase(Locale.ROOT));
        values.put("onlyWhenChanged", window.onlyWhenChanged().toString());
        values.put("rebakeAfter", window.rebakeAfter().map(Durations::text).orElse(NONE));
        values.put("maxConcurrent", window.maxConcurrent().toString());
        values.put(
                "pauseAfterFailures",
                window.pauseAfterFailures().map(String::valueOf).orElse(NONE));
    }

    private void describe(SchedulePolicy policy) {
        values.put(
                "overlap",
                policy.getOverlap()
                        .name()
                        .replace("SCHEDULE_OVERLAP_POLICY_", "")
                        .toLowerCase(Locale.ROOT));
        values.put("catchUp", text(policy.getCatchupWindow()));
    }

    private void describe(BakeRequest recipe) {
        flatten("recipes." + recipe.recipe().path("name").asText(), recipe.recipe());
    }

    private void flatten(String path, JsonNode node) {
        if (node.isValueNode()) {
            values.put(path, node.asText());
        } else if (node.isArray()) {
            for (int entry = 0; entry < node.size(); entry++) {
                flatten(path + "." + entry, node.get(entry));
            }
        } else {
            node.properties().forEach(field -> flatten(path + "." + field.getKey(), field.getValue()));
        }
    }

    private static String text(Duration duration) {
        return duration == null || duration.isZero() ? NONE : Durations.text(duration);
    }
}
