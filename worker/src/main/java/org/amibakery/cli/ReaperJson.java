package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.Verdict;

/** Writes what a reaper found and did in the JSON that scripts rely on: components are added, never renamed or removed. */
final class ReaperJson {
    private ReaperJson() {}

    static ObjectNode of(ReaperReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("stack", report.stack());
        json.put("mode", lowerCase(report.mode()));
        json.put("state", lowerCase(report.state()));
        json.put("firstLook", text(report.firstLook()));
        json.put("secondLook", text(report.secondLook()));
        ArrayNode regions = json.putArray("regions");
        report.regions().forEach(region -> regions.add(region.name()));
        verdicts(json.putArray("orphans"), report.orphans());
        json.put("orphanCount", report.orphanCount());
        verdicts(json.putArray("removed"), report.removed());
        verdicts(json.putArray("failed"), report.failed());
        verdicts(json.putArray("kept"), report.kept());
        json.put("keptCount", report.keptCount());
        ArrayNode outOfReach = json.putArray("outOfReach");
        report.outOfReach().forEach(away -> outOfReach
                .addObject()
                .put("region", away.region().name())
                .put("reason", away.reason()));
        ArrayNode warnings = json.putArray("warnings");
        report.warnings().forEach(warnings::add);
        return json;
    }

    private static void verdicts(ArrayNode array, List<Verdict> verdicts) {
        verdicts.forEach(verdict -> array.addObject()
                .put("kind", lowerCase(verdict.resource().kind()))
                .put("region", verdict.resource().region().name())
                .put("id", verdict.resource().id())
                .put("bake", verdict.bake())
                .put("reason", verdict.reason()));
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null); // JSON's null, as in every other document of ours
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
