package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.amibakery.retention.FamilyRetention;
import org.amibakery.retention.RetentionReport.ImageVerdict;

/** Writes what the retention of a family came to in the JSON that scripts rely on: components are only ever added. */
final class RetentionJson {
    private RetentionJson() {}

    static ObjectNode of(FamilyRetention report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("family", report.family())
                .put("mode", lowerCase(report.mode()))
                .put("state", lowerCase(report.state()))
                .put("started", report.started().toString())
                .put("ended", report.ended().map(Instant::toString).orElse(null));
        report.policy().ifPresent(policy -> json.putObject("policy")
                .put("olderThan", policy.olderThan().toString())
                .put("keepAtLeast", policy.keepAtLeast())
                .put(
                        "deprecateFor",
                        policy.deprecateFor().map(Duration::toString).orElse(null))
                .put("disableFor", policy.disableFor().map(Duration::toString).orElse(null)));
        ArrayNode regions = json.putArray("regions");
        report.regions().forEach(region -> {
            ObjectNode place = regions.addObject().put("region", region.region().name());
            images(place.putArray("planned"), region.planned());
            place.put("plannedCount", region.plannedCount());
            images(place.putArray("deleted"), region.deleted());
            place.put("deletedCount", region.deletedCount());
            ArrayNode withdrawn = place.putArray("withdrawn");
            region.withdrawn().forEach(image -> withdrawn
                    .addObject()
                    .put("id", image.id().value())
                    .put("name", image.name())
                    .put("step", image.step().words())
                    .put("until", image.until().toString())
                    .put("reason", image.reason()));
            place.put("withdrawnCount", region.withdrawnCount());
            images(place.putArray("kept"), region.kept());
            place.put("keptCount", region.keptCount());
            images(place.putArray("failed"), region.failed());
            place.put("unfinished", region.unfinished().orElse(null));
        });
        return json;
    }

    private static void images(ArrayNode array, List<ImageVerdict> images) {
        images.forEach(image -> array.addObject()
                .put("id", image.id().value())
                .put("name", image.name())
                .put("reason", image.reason()));
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
