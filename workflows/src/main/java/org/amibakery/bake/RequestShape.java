package org.amibakery.bake;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Compares what a client sent with the record that is expected: a mapping, of known keys only. */
final class RequestShape {
    private RequestShape() {}

    /** Whether the type is written as a mapping of its components; a bake's recipe, for one, is checked by its validator. */
    static boolean isRecord(Class<?> type) {
        return type.isRecord()
                && Stream.of(type.getRecordComponents())
                        .noneMatch(component -> component.getAccessor().isAnnotationPresent(JsonValue.class));
    }

    static void check(JsonNode sent, Class<?> type) {
        if (sent == null || sent.isNull()) { // as if nothing had been sent
            return;
        }
        if (!sent.isObject()) {
            throw InvalidRequest.of("input: this is %s where a mapping is expected".formatted(kind(sent)));
        }
        List<String> known = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        if (known.stream().allMatch(sent::has)) {
            return; // written by a worker or client of ours, which writes every key: one of a newer version, then
        }
        for (Iterator<String> keys = sent.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw InvalidRequest.of(
                        "/%s: unknown key \"%s\"; known here are %s".formatted(key, key, String.join(", ", known)));
            }
        }
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case STRING -> "a text";
            case BINARY, BOOLEAN, MISSING, NULL, NUMBER, OBJECT, POJO ->
                "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
