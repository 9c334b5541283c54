package org.amibakery.simulator.wire;

import static software.amazon.awssdk.core.traits.TimestampFormatTrait.Format.UNIX_TIMESTAMP;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/** Writes and reads records as JSON documents (SSM, Lambda). */
final class JsonCodec {
    private final WireProtocol protocol;

    JsonCodec(WireProtocol protocol) {
        this.protocol = protocol;
    }

    /** Writes the body members of a record as one object. */
    static byte[] write(SdkPojo pojo) {
        try (JsonWriter out = JsonWriter.create()) {
            write(out, pojo);
            return out.getBytes();
        }
    }

    /** Fills a builder from a document; an unknown member is refused by name. */
    SdkPojo read(SdkPojo builder, byte[] document) {
        fill(builder, parse(document), "");
        return Members.build(builder);
    }

    /** Fills a builder from a document and leaves it open, for the members that are not in the body. */
    void fill(SdkPojo builder, byte[] document) {
        fill(builder, parse(document), "");
    }

    private JsonNode parse(byte[] document) {
        if (document.length == 0) {
            return JsonNode.emptyObjectNode();
        }
        JsonNode root;
        try {
            root = JsonNode.parser().parse(document);
        } catch (RuntimeException unreadable) { // the parser declares none; it throws UncheckedIOException and its own
            throw malformed("The body is not JSON");
        }
        if (!root.isObject()) {
            throw malformed("The body is not a JSON object");
        }
        return root;
    }

    private void fill(SdkPojo builder, JsonNode node, String path) {
        if (!node.isObject()) {
            throw malformed("Expected an object at " + path);
        }
        Map<String, JsonNode> left = new LinkedHashMap<>(node.asObject());
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode found = left.remove(field.locationName());
            if (found != null && !found.isNull()) {
                field.set(builder, value(field, found, path + "/" + field.locationName()));
            }
        }
        if (!left.isEmpty()) {
            throw Refusal.UNKNOWN_PARAMETER.in(
                    protocol, "The parameter " + String.join(", ", left.keySet()) + " is not recognized");
        }
    }

    private Object value(SdkField<?> field, JsonNode node, String path) {
        return switch (Members.typeOf(field)) {
            case LIST -> list(Members.listOf(field).memberFieldInfo(), node, path);
            case MAP -> map(Members.mapOf(field).valueFieldInfo(), node, path);
            case SDK_POJO -> {
                SdkPojo builder = Members.builderOf(field);
                fill(builder, node, path);
                yield Members.build(builder);
            }
            case STRING, INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, BOOLEAN, INSTANT, SDK_BYTES ->
                scalar(field, node, path);
            case DOCUMENT, NULL -> throw new IllegalStateException("No JSON form for " + field.memberName());
        };
    }

    private List<Object> list(SdkField<?> item, JsonNode node, String path) {
        if (!node.isArray()) {
            throw malformed("Expected an array at " + path);
        }
        List<Object> items = new ArrayList<>();
        node.asArray().forEach(each -> items.add(value(item, each, path)));
        return items;
    }

    private Map<String, Object> map(SdkField<?> item, JsonNode node, String path) {
        if (!node.isObject()) {
            throw malformed("Expected an object at " + path);
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        node.asObject().forEach((key, each) -> entries.put(key, value(item, each, path + "/" + key)));
        return entries;
    }

    private Object scalar(SdkField<?> field, JsonNode node, String path) {
        if (node.isArray() || node.isObject() || node.isNull()) {
            throw malformed("Expected a single value at " + path);
        }
        try {
            return Scalars.parse(field, node.text(), UNIX_TIMESTAMP);
        } catch (IllegalArgumentException unreadable) {
            throw malformed("The value at " + path + " is invalid: " + node.text());
        }
    }

    private SimulatorError malformed(String message) {
        return Refusal.MALFORMED_BODY.in(protocol, message);
    }

    private static void write(JsonWriter out, SdkPojo pojo) {
        out.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            if (Members.isIn(field, MarshallLocation.PAYLOAD)) {
                Members.valueOf(field, pojo).ifPresent(value -> {
                    out.writeFieldName(field.unmarshallLocationName());
                    write(out, field, value);
                });
            }
        }
        out.writeEndObject();
    }

    private static void write(JsonWriter out, SdkField<?> field, Object value) {
        switch (Members.typeOf(field)) {
            case LIST -> {
                out.writeStartArray();
                ((List<?>) value)
                        .forEach(item -> write(out, Members.listOf(field).memberFieldInfo(), item));
                out.writeEndArray();
            }
            case MAP -> writeMap(out, Members.mapOf(field).valueFieldInfo(), (Map<?, ?>) value);
            case SDK_POJO -> write(out, (SdkPojo) value);
            case STRING, SDK_BYTES -> out.writeValue(Scalars.print(field, value, UNIX_TIMESTAMP));
            case INSTANT -> writeInstant(out, field, (Instant) value);
            case BOOLEAN -> out.writeValue((boolean) (Boolean) value);
            case INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL ->
                out.writeNumber(Scalars.print(field, value, UNIX_TIMESTAMP));
            case DOCUMENT, NULL -> throw new IllegalStateException("No JSON form for " + field.memberName());
        }
    }

    private static void writeMap(JsonWriter out, SdkField<?> item, Map<?, ?> entries) {
        out.writeStartObject();
        entries.forEach((key, value) -> {
            out.writeFieldName(key.toString());
            write(out, item, value);
        });
        out.writeEndObject();
    }

    private static void writeInstant(JsonWriter out, SdkField<?> field, Instant value) {
        String text = Scalars.print(field, value, UNIX_TIMESTAMP);
        Format format = Scalars.formatOf(field, UNIX_TIMESTAMP);
        if (format == Format.ISO_8601 || format == Format.RFC_822) {
            out.writeValue(text);
        } else {
            out.writeNumber(text);
        }
    }
}
