package org.amibakery.authored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML into a tree without constructing anything that the text names. */
final class YamlReader {
    // an alias can stand for a list of aliases, so a short text could grow without end
    private static final int MOST_VALUES = 20_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final AuthoredText text;
    private final Set<Node> open = new HashSet<>();
    private int values;
    private AuthoredTree tree;

    YamlReader(AuthoredText text) {
        this.text = text;
    }

    AuthoredTree read() {
        Node document = compose(text)
                .orElseThrow(() -> new InvalidInput(List.of(new Problem(
                        new Place(text.source(), 1, 1), "", "there is nothing in it; copy a sample and change it"))));
        // the tree needs its root when it is made, and its places while the root is read
        AuthoredTree places = new AuthoredTree(JSON.nullNode());
        tree = places;
        JsonNode root = value("", document);
        tree = new AuthoredTree(root);
        tree.takePlacesOf(places);
        return tree;
    }

    /** Reads the value of an option or a variable; what is no YAML is a text. */
    static JsonNode readValue(String value) {
        try {
            AuthoredText written = new AuthoredText("", value);
            return compose(written).isEmpty()
                    ? JSON.nullNode()
                    : new YamlReader(written).read().root();
        } catch (InvalidInput notYaml) {
            return JSON.textNode(value);
        }
    }

    private static Optional<Node> compose(AuthoredText text) {
        // tabs may indent JSON but not YAML; inside a JSON string they are forbidden
        String yaml = text.text().stripLeading().startsWith("{") ? text.text().replace('\t', ' ') : text.text();
        try {
            return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)));
        } catch (YAMLException notYaml) {
            throw new InvalidInput(List.of(SyntaxProblems.of(text, notYaml)));
        }
    }

    private JsonNode value(String pointer, Node node) {
        tree.valueStandsAt(pointer, place(node));
        if (++values > MOST_VALUES) {
            throw new InvalidInput(List.of(tree.problemAt("", "holds too many values; leave aliases out")));
        }
        if (node.getTag().getValue().startsWith("!")) {
            tree.found(tree.problemAt(pointer, "the tag %s means nothing here; take it away".formatted(node.getTag())));
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (!open.add(node)) {
            throw new InvalidInput(List.of(tree.problemAt(pointer, "the alias contains itself; write its value out")));
        }
        JsonNode value =
                node instanceof MappingNode mapping ? mapping(pointer, mapping) : list(pointer, (SequenceNode) node);
        open.remove(node);
        return value;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        boolean text =
                scalar.getScalarStyle() != ScalarStyle.PLAIN || scalar.getTag().equals(Tag.STR);
        return text ? JSON.textNode(scalar.getValue()) : Scalars.read(scalar.getValue());
    }

    private ObjectNode mapping(String pointer, MappingNode mapping) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                tree.found(
                        new Problem(place(entry.getKeyNode()), pointer, "a key is a list or a mapping; write a text"));
                continue;
            }
            String at = Pointers.entry(pointer, key.getValue());
            if (object.has(key.getValue())) {
                tree.found(new Problem(
                        place(key),
                        at,
                        "the key \"%s\" is written twice, first in line %d; keep one of them"
                                .formatted(key.getValue(), tree.lineOfKey(at))));
                continue;
            }
            tree.keyStandsAt(at, place(key));
            object.set(key.getValue(), value(at, entry.getValueNode()));
        }
        return object;
    }

    private ArrayNode list(String pointer, SequenceNode sequence) {
        ArrayNode list = JSON.arrayNode();
        for (Node entry : sequence.getValue()) {
            list.add(value(Pointers.entry(pointer, list.size()), entry));
        }
        return list;
    }

    private Place place(Node node) {
        Mark mark = node.getStartMark();
        return new Place(text.source(), mark.getLine() + 1, mark.getColumn() + 1);
    }
}
