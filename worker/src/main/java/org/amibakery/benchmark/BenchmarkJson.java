package org.amibakery.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Writes a report as JSON. */
public final class BenchmarkJson {
    private BenchmarkJson() {}

    /** The machine, the notes, and every figure with all its values. */
    public static ObjectNode of(BenchmarkReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("machine")
                .put("processors", report.machine().processors())
                .put("memoryMb", report.machine().memoryMb())
                .put("java", report.machine().jvm())
                .put("system", report.machine().system());
        ArrayNode notes = json.putArray("notes");
        report.notes().forEach(notes::add);
        ArrayNode figures = json.putArray("figures");
        for (Figure figure : report.figures()) {
            ObjectNode entry = figures.addObject()
                    .put("scenario", figure.scenario().name().toLowerCase(Locale.ROOT))
                    .put("atOnce", figure.bakes())
                    .put("measure", figure.measure())
                    .put("subject", figure.subject())
                    .put("unit", figure.unit())
                    .put("median", figure.median())
                    .put("min", figure.min())
                    .put("max", figure.max());
            ArrayNode values = entry.putArray("values");
            figure.values().forEach(values::add);
        }
        return json;
    }
}
