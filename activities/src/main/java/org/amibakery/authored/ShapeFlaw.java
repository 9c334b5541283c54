package org.amibakery.authored;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Describes one difference between a tree and its schema.
 *
 * @param pointer the value at fault; for a missing or unknown key, where it is or would be
 * @param meant the key that an unknown one was probably meant to be
 */
record ShapeFlaw(Kind kind, String pointer, String message, JsonNode example, Optional<String> meant) {
    enum Kind {
        MISSING,
        UNKNOWN,
        WRONG
    }

    static ShapeFlaw of(ValidationMessage found, SchemaView schema, JsonNode root) {
        String at = found.getInstanceLocation().toString();
        SchemaView view = schema.at(at);
        return switch (found.getType()) {
            case "required" -> missing(Pointers.entry(at, found.getProperty()), schema);
            case "additionalProperties" -> unknown(at, found.getProperty(), schema);
            default ->
                new ShapeFlaw(
                        Kind.WRONG,
                        at,
                        wrong(found.getType(), at, view, root.at(at)),
                        view.example(),
                        Optional.empty());
        };
    }

    Problem problemIn(AuthoredTree tree) {
        return switch (kind) {
            case MISSING -> tree.problemAtKey(Pointers.parent(pointer), message);
            case UNKNOWN -> tree.problemAtKey(pointer, message);
            case WRONG -> tree.problemAt(pointer, message);
        };
    }

    void mend(AuthoredTree tree) {
        switch (kind) {
            case UNKNOWN -> tree.remove(pointer);
            case MISSING, WRONG -> tree.put(pointer, example.deepCopy(), Place.of(pointer));
        }
    }

    private static ShapeFlaw missing(String pointer, SchemaView schema) {
        SchemaView view = schema.at(pointer);
        String why =
                view.description().isEmpty() ? "" : " (" + view.description().replaceAll("\\.$", "") + ")";
        String message = "%s is missing%s; write for example %s: %s"
                .formatted(Pointers.path(pointer), why, Pointers.name(pointer), FlowText.of(view.example()));
        return new ShapeFlaw(Kind.MISSING, pointer, message, view.example(), Optional.empty());
    }

    private static ShapeFlaw unknown(String at, String key, SchemaView schema) {
        List<String> known = schema.at(at).keys();
        Optional<String> nearest = NearestName.to(key, known);
        String remedy = nearest.map(name -> "the nearest known key is \"%s\"".formatted(name))
                .or(() -> schema.homeOf(key).map(home -> "it belongs to \"%s\"".formatted(home)))
                .orElseGet(() -> "known here are " + String.join(", ", known));
        return new ShapeFlaw(
                Kind.UNKNOWN,
                Pointers.entry(at, key),
                "unknown key \"%s\"; %s".formatted(key, remedy),
                schema.example(),
                nearest.map(name -> Pointers.entry(at, name)));
    }

    private static String wrong(String keyword, String at, SchemaView view, JsonNode written) {
        String name = at.isEmpty() ? "this" : Pointers.path(at);
        return switch (keyword) {
            case "type" ->
                "%s is %s where %s is expected; %s"
                        .formatted(
                                name, FlowText.kind(written), FlowText.kind(view.type()), rightType(at, view, written));
            case "enum" ->
                "%s is not a %s; write %s"
                        .formatted(FlowText.quoted(written), view.title(), alternatives(view.keyword("enum")));
            case "pattern" -> "%s is not a %s; write %s".formatted(FlowText.quoted(written), view.title(), form(view));
            case "minItems" -> "%s is empty; write for example %s".formatted(name, FlowText.of(view.example()));
            case "minLength" -> "%s is empty; write for example %s".formatted(name, FlowText.of(view.example()));
            case "minimum" -> "%s is %s; write at least %s".formatted(name, written, view.keyword("minimum"));
            case "exclusiveMinimum" ->
                "%s is %s; write more than %s".formatted(name, written, view.keyword("exclusiveMinimum"));
            case "maximum" -> "%s is %s; write at most %s".formatted(name, written, view.keyword("maximum"));
            default ->
                "%s does not fit (%s); write for example %s".formatted(name, keyword, FlowText.of(view.example()));
        };
    }

    private static String rightType(String at, SchemaView view, JsonNode written) {
        String key = at.isEmpty() || Pointers.name(at).matches("[0-9]+") ? "" : Pointers.name(at) + ": ";
        boolean anyTextWillDo = view.isText()
                && !view.keyword("pattern").isTextual()
                && !view.keyword("enum").isArray();
        if (anyTextWillDo && written.isValueNode() && !written.isNull()) {
            return "write it in quotes, " + key + "\"" + written.asText() + "\"";
        }
        if (view.isList() && view.entries().isText() && written.isTextual()) {
            return "write " + key + "[" + FlowText.of(written) + "]";
        }
        if (view.isText() && !anyTextWillDo && view.keyword("pattern").isTextual()) {
            return "write " + form(view);
        }
        if (at.isEmpty()) {
            return "write keys: " + String.join(", ", view.keys());
        }
        return "write for example " + key + FlowText.of(view.example());
    }

    private static String form(SchemaView view) {
        String form = view.form().replaceAll("\\.$", "");
        return form.substring(0, 1).toLowerCase(Locale.ROOT) + form.substring(1);
    }

    private static String alternatives(JsonNode values) {
        List<JsonNode> all = new ArrayList<>();
        values.forEach(all::add);
        return all.stream().map(FlowText::of).collect(joining(" or "));
    }
}
