package org.amibakery.authored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Applies settings to a tree. The schema says what type a value has, so an account id stays a text. */
public final class Settings {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final AuthoredTree tree;
    private final SchemaView schema;

    private Settings(AuthoredTree tree, Shape shape) {
        this.tree = tree;
        this.schema = shape.view();
    }

    /** Changes the tree as the settings say, in their order; what cannot be applied becomes one of its problems. */
    public static void apply(AuthoredTree tree, Shape shape, List<Setting> settings) {
        Settings target = new Settings(tree, shape);
        settings.forEach(target::apply);
    }

    private void apply(Setting setting) {
        List<String> steps = new ArrayList<>(
                Arrays.asList(setting.path().replaceAll("\\[([0-9]+)]", ".$1").split("\\.", -1)));
        apply("", schema, steps, setting);
    }

    private void apply(String pointer, SchemaView view, List<String> steps, Setting setting) {
        if (steps.isEmpty()) {
            write(pointer, view, setting);
            return;
        }
        if (!view.isContainer()) {
            String message = "%s takes no keys; set it as a whole".formatted(Pointers.path(pointer));
            refuse(pointer, setting, message);
            return;
        }
        JsonNode here = tree.root().at(pointer);
        if (!here.isContainerNode()) {
            boolean writtenWrongly = !here.isMissingNode() && !here.isNull();
            if (writtenWrongly || pointer.isEmpty()) {
                return; // the check of the shape complains of it
            }
            tree.put(pointer, view.isList() ? JSON.arrayNode() : JSON.objectNode(), Place.of(setting.source()));
        }
        step(pointer, view, steps, setting);
    }

    private void step(String pointer, SchemaView view, List<String> steps, Setting setting) {
        String step = steps.get(0);
        List<String> rest = steps.subList(1, steps.size());
        if (view.isList()) {
            int size = tree.root().at(pointer).size();
            if (step.matches("[0-9]{1,6}") && Integer.parseInt(step) <= size) {
                apply(Pointers.entry(pointer, Integer.parseInt(step)), view.entries(), rest, setting);
            } else {
                refuse(
                        pointer,
                        setting,
                        "\"%s\" is no entry of the list %s; write a number from 0 to %d"
                                .formatted(step, Pointers.path(pointer), size));
            }
        } else if (view.isFreeForm()) {
            // the author's own keys may hold dots
            String key = String.join(".", steps);
            apply(Pointers.entry(pointer, key), view.property(key), List.of(), setting);
        } else if (view.keys().contains(step)) {
            apply(Pointers.entry(pointer, step), view.property(step), rest, setting);
        } else {
            refuse(pointer, setting, "unknown key \"%s\"; %s".formatted(step, remedy(view, step)));
        }
    }

    private static String remedy(SchemaView view, String step) {
        return NearestName.to(step, view.keys())
                .map(name -> "the nearest known key is \"%s\"".formatted(name))
                .orElseGet(() -> "known here are " + String.join(", ", view.keys()));
    }

    private void refuse(String pointer, Setting setting, String message) {
        tree.found(new Problem(Place.of(setting.source()), pointer, message));
    }

    private void write(String pointer, SchemaView view, Setting setting) {
        JsonNode value = YamlReader.readValue(setting.value());
        boolean entryOfList = tree.root().at(Pointers.parent(pointer)).isArray();
        if (value.isNull() && !entryOfList) {
            tree.remove(pointer);
        } else {
            tree.put(pointer, typed(view, setting.value(), value), Place.of(setting.source()));
        }
    }

    private static JsonNode typed(SchemaView view, String written, JsonNode value) {
        if (view.isText() && value.isValueNode()) {
            return value.isTextual() ? value : JSON.textNode(written.strip());
        }
        if (view.isList() && view.entries().isText()) {
            return texts(written);
        }
        return value;
    }

    /** Reads {@code [a, b]} or plain {@code a,b}, where every entry is a text whatever it looks like. */
    private static JsonNode texts(String written) {
        String stripped = written.strip();
        boolean bracketed = stripped.startsWith("[") && stripped.endsWith("]");
        ArrayNode list = JSON.arrayNode();
        for (String entry : (bracketed ? stripped.substring(1, stripped.length() - 1) : stripped).split(",", -1)) {
            String text = entry.strip();
            JsonNode value = YamlReader.readValue(text);
            if (!text.isEmpty()) {
                list.add(value.isTextual() ? value : JSON.textNode(text));
            }
        }
        return list;
    }
}
