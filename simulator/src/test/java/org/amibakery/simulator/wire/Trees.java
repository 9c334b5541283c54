package org.amibakery.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Shows SDK records as JSON under the member names of AWS's models, which botocore uses too. */
final class Trees {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Function<Instant, JsonNode> instants;

    private Trees(Function<Instant, JsonNode> instants) {
        this.instants = instants;
    }

    /** Shows timestamps as botocore takes them. */
    static Trees ofRequests() {
        return new Trees(instant -> JSON.textNode(instant.toString()));
    }

    /** Shows timestamps as milliseconds. */
    static Trees ofResponses() {
        return new Trees(instant -> JSON.numberNode(instant.toEpochMilli()));
    }

    JsonNode of(SdkPojo pojo) {
        ObjectNode tree = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Members.valueOf(field, pojo).ifPresent(value -> tree.set(field.memberName(), of(value)));
        }
        return tree;
    }

    /**
     * Brings a tree into a form in which equal values are equal texts: sorted members, numbers without zeros, and
     * without empty records and lists, which forms and flattened XML cannot carry.
     */
    static JsonNode canonical(JsonNode tree) {
        if (tree.isObject()) {
            ObjectNode sorted = JSON.objectNode();
            new TreeMap<>(asMap(tree)).forEach((name, member) -> {
                JsonNode plain = canonical(member);
                if (!isEmpty(plain)) {
                    sorted.set(name, plain);
                }
            });
            return sorted;
        }
        if (tree.isArray()) {
            ArrayNode items = JSON.arrayNode();
            tree.forEach(item -> {
                JsonNode plain = canonical(item);
                if (!isEmpty(plain)) {
                    items.add(plain);
                }
            });
            return items;
        }
        return tree.isNumber()
                ? TextNode.valueOf(
                        new BigDecimal(tree.asText()).stripTrailingZeros().toPlainString())
                : tree;
    }

    private static boolean isEmpty(JsonNode tree) {
        return tree.isContainerNode() && tree.isEmpty();
    }

    private static Map<String, JsonNode> asMap(JsonNode tree) {
        Map<String, JsonNode> members = new TreeMap<>();
        tree.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    private JsonNode of(Object value) {
        if (value instanceof SdkPojo pojo) {
            return of(pojo);
        }
        if (value instanceof List<?> items) {
            ArrayNode array = JSON.arrayNode();
            items.forEach(item -> array.add(of(item)));
            return array;
        }
        if (value instanceof Map<?, ?> entries) {
            ObjectNode object = JSON.objectNode();
            entries.forEach((key, item) -> object.set(key.toString(), of(item)));
            return object;
        }
        return scalar(value);
    }

    private JsonNode scalar(Object value) {
        if (value instanceof Instant instant) {
            return instants.apply(instant);
        }
        if (value instanceof SdkBytes bytes) {
            return JSON.textNode(Base64.getEncoder().encodeToString(bytes.asByteArray()));
        }
        if (value instanceof Number number) {
            return JSON.numberNode(new BigDecimal(number.toString()));
        }
        return value instanceof Boolean truth ? JSON.booleanNode(truth) : JSON.textNode(value.toString());
    }
}
