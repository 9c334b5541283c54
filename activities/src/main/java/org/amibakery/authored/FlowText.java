package org.amibakery.authored;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes values as an author would, in YAML's flow style. */
final class FlowText {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9_./:-]*");
    private static final int LONGEST_QUOTE = 60;

    private FlowText() {}

    static String of(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
                    .collect(joining(", ", "{", "}"));
        }
        if (value.isArray()) {
            List<JsonNode> entries = new ArrayList<>();
            value.forEach(entries::add);
            return entries.stream().map(FlowText::of).collect(joining(", ", "[", "]"));
        }
        boolean plain = !value.isTextual()
                || (NEEDS_NO_QUOTES.matcher(value.asText()).matches()
                        && Scalars.read(value.asText()).isTextual());
        return plain ? value.asText() : quoted(value);
    }

    static String quoted(JsonNode value) {
        String text = value.asText().replaceAll("\\p{Cntrl}", "?");
        return "\"" + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text) + "\"";
    }

    /** Names what somebody wrote. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> kind("array");
            case BOOLEAN -> kind("boolean");
            case NUMBER -> kind(value.isIntegralNumber() ? "integer" : "number");
            case OBJECT, POJO -> kind("object");
            case STRING, BINARY -> kind("string");
            case NULL, MISSING -> "empty";
        };
    }

    /** Names a type of JSON Schema. */
    static String kind(String type) {
        return switch (type) {
            case "array" -> "a list";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "object" -> "a mapping";
            case "string" -> "a text";
            default -> "another value";
        };
    }
}
