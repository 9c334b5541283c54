package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at one place of a JSON Schema as its authors wrote it: what is expected there, and what would be an example. */
final class SchemaView {
    private final JsonNode whole;
    private final JsonNode here;

    private SchemaView(JsonNode whole, JsonNode here) {
        this.whole = requireNonNull(whole, "whole");
        this.here = requireNonNull(here, "here");
    }

    static SchemaView of(JsonNode schema) {
        return new SchemaView(schema, schema);
    }

    /** The schema of the value at a JSON pointer; one that knows nothing where the schema says nothing. */
    SchemaView at(String pointer) {
        SchemaView view = this;
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            view = view.isList() ? view.entries() : view.property(name);
        }
        return view;
    }

    SchemaView property(String key) {
        JsonNode known = shared().path("properties").path(key);
        return new SchemaView(whole, known.isMissingNode() ? shared().path("additionalProperties") : known);
    }

    SchemaView entries() {
        return new SchemaView(whole, shared().path("items"));
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        shared().path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    boolean isList() {
        return type().equals("array");
    }

    /** Whether keys are the author's own to choose. */
    boolean isFreeForm() {
        return type().equals("object") && keys().isEmpty();
    }

    List<String> leaves(String path) {
        if (keys().isEmpty()) {
            return List.of(path);
        }
        return keys().stream()
                .flatMap(key -> property(key).leaves(path.isEmpty() ? key : path + "." + key).stream())
                .toList();
    }

    boolean isContainer() {
        return isList() || type().equals("object");
    }

    boolean isText() {
        return type().equals("string");
    }

    /** The JSON type expected, null aside; empty where any will do. */
    String type() {
        JsonNode type = shared().path("type");
        return type.isArray() ? type.path(0).asText() : type.asText();
    }

    /** A value that is right here. */
    JsonNode example() {
        JsonNode own = here.path("examples").path(0);
        return own.isMissingNode() ? shared().path("examples").path(0) : own;
    }

    /** What is expected here, as a noun: "duration". */
    String title() {
        return shared().path("title").asText("value");
    }

    /** What the value is for, as its schema describes it; empty where it does not. */
    String description() {
        return here.path("description").asText();
    }

    /** How the value is written, from the description of its shared definition. */
    String form() {
        return shared().path("description").asText();
    }

    /** What one of the schema's keywords says here. */
    JsonNode keyword(String name) {
        return shared().path(name);
    }

    /** Where else in the schema a key is known: the path of the mapping that takes it. */
    Optional<String> homeOf(String key) {
        return homeOf(key, "");
    }

    private Optional<String> homeOf(String key, String path) {
        for (Map.Entry<String, JsonNode> property : shared().path("properties").properties()) {
            SchemaView view = new SchemaView(whole, property.getValue());
            String deeper = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            Optional<String> home = view.keys().contains(key) ? Optional.of(deeper) : view.homeOf(key, deeper);
            if (home.isPresent()) {
                return home;
            }
        }
        return Optional.empty();
    }

    /** The definition that stands here, or the shared one it refers to. */
    private JsonNode shared() {
        String reference = here.path("$ref").asText();
        JsonNode shared = reference.isEmpty() ? here : whole.at(reference.substring(1));
        return shared == null ? MissingNode.getInstance() : shared;
    }
}
