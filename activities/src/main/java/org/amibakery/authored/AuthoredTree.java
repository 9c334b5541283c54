package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds what somebody wrote as a tree of values, and remembers where each of them stands. */
public final class AuthoredTree {
    private final JsonNode root;
    private final Map<String, Place> values = new LinkedHashMap<>();
    private final Map<String, Place> keys = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    AuthoredTree(JsonNode root) {
        this.root = requireNonNull(root, "root");
    }

    /**
     * Reads YAML, or JSON as the part of YAML it is.
     *
     * @throws InvalidInput when it is neither, or empty
     */
    public static AuthoredTree parse(AuthoredText text) {
        return new YamlReader(text).read();
    }

    /** Takes a tree that was not written in a file: its problems are placed by JSON pointer. */
    public static AuthoredTree of(JsonNode tree) {
        return new AuthoredTree(finite(tree));
    }

    /** A copy in which a number too large for a double, which JSON readers make infinite, is the text it would print. */
    private static JsonNode finite(JsonNode node) {
        if (node instanceof ObjectNode mapping) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            mapping.properties().forEach(entry -> copy.set(entry.getKey(), finite(entry.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            list.forEach(entry -> copy.add(finite(entry)));
            return copy;
        }
        boolean infinite = node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue()) && !node.isBigDecimal();
        return infinite ? JsonNodeFactory.instance.textNode(node.asText()) : node;
    }

    /**
     * Lays trees over each other: a later one's values replace an earlier one's, key by key; lists as a whole.
     *
     * @param source where the whole stands for messages if there is no layer
     */
    public static AuthoredTree layered(String source, List<AuthoredTree> layers) {
        AuthoredTree merged = new AuthoredTree(JsonNodeFactory.instance.objectNode());
        merged.valueStandsAt("", Place.of(source));
        for (AuthoredTree layer : layers) {
            merged.problems.addAll(layer.problems);
            if (layer.root instanceof ObjectNode upper) {
                merged.valueStandsAt("", layer.placeOf(""));
                merged.lay("", (ObjectNode) merged.root, layer, upper);
            } else {
                merged.found(layer.problemAt(
                        "", "this is %s where a mapping is expected; write keys".formatted(FlowText.kind(layer.root))));
            }
        }
        return merged;
    }

    private void lay(String pointer, ObjectNode lower, AuthoredTree layer, ObjectNode upper) {
        for (Map.Entry<String, JsonNode> entry : upper.properties()) {
            String at = Pointers.entry(pointer, entry.getKey());
            if (lower.get(entry.getKey()) instanceof ObjectNode deeper && entry.getValue() instanceof ObjectNode over) {
                lay(at, deeper, layer, over);
            } else {
                forget(at);
                lower.set(entry.getKey(), entry.getValue().deepCopy());
            }
            layer.values.forEach((place, where) -> copyWithin(at, place, where, values));
            layer.keys.forEach((place, where) -> copyWithin(at, place, where, keys));
        }
    }

    private static void copyWithin(String pointer, String place, Place where, Map<String, Place> target) {
        if (Pointers.within(place, pointer)) {
            target.put(place, where);
        }
    }

    /** The values as they stand; JSON's own types. */
    public JsonNode root() {
        return root;
    }

    /** What is wrong with the writing itself, such as a key written twice. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Words a problem of the value at a JSON pointer, or of the nearest thing around it that was written. */
    public Problem problemAt(String pointer, String message) {
        boolean unwritten = root.at(pointer).isNull();
        return new Problem(unwritten ? placeOfKey(pointer) : placeOf(pointer), pointer, message);
    }

    /** Words a problem of a key rather than of its value. */
    public Problem problemAtKey(String pointer, String message) {
        return new Problem(placeOfKey(pointer), pointer, message);
    }

    private Place placeOfKey(String pointer) {
        return keys.containsKey(pointer) ? keys.get(pointer) : placeOf(pointer);
    }

    private Place placeOf(String pointer) {
        for (String around = pointer; ; around = Pointers.parent(around)) {
            if (values.containsKey(around)) {
                return values.get(around);
            }
            if (around.isEmpty()) {
                return Place.of(pointer.isEmpty() ? "input" : pointer);
            }
        }
    }

    int lineOfKey(String pointer) {
        return placeOfKey(pointer).line();
    }

    void takePlacesOf(AuthoredTree other) {
        values.putAll(other.values);
        keys.putAll(other.keys);
        problems.addAll(other.problems);
    }

    void found(Problem problem) {
        problems.add(problem);
    }

    void valueStandsAt(String pointer, Place place) {
        values.put(pointer, place);
    }

    void keyStandsAt(String pointer, Place place) {
        keys.put(pointer, place);
    }

    /** Replaces the value of a key or the entry of a list; an entry just past the end is appended. */
    void put(String pointer, JsonNode value, Place place) {
        forget(pointer);
        values.put(pointer, place);
        if (pointer.isEmpty()) {
            return; // nothing can stand in the place of the whole
        }
        JsonNode container = root.at(Pointers.parent(pointer));
        String name = Pointers.name(pointer);
        if (container instanceof ObjectNode mapping) {
            mapping.set(name, value);
        } else if (container instanceof ArrayNode list && list.has(Integer.parseInt(name))) {
            list.set(Integer.parseInt(name), value);
        } else if (container instanceof ArrayNode list) {
            list.add(value);
        }
    }

    /** Takes a key away, as if it had never been written. */
    void remove(String pointer) {
        forget(pointer);
        if (root.at(Pointers.parent(pointer)) instanceof ObjectNode mapping) {
            mapping.remove(Pointers.name(pointer));
        }
    }

    private void forget(String pointer) {
        values.keySet().removeIf(written -> Pointers.within(written, pointer));
        keys.keySet().removeIf(written -> Pointers.within(written, pointer));
    }
}
