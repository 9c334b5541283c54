package org.amibakery.simulator.wire;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One node of the tree that dotted parameter names form; remembers whether its value was read. */
final class FormNode {
    private final String path;
    private final Map<String, FormNode> children = new LinkedHashMap<>();
    private Optional<String> value = Optional.empty();
    private boolean read;

    private FormNode(String path) {
        this.path = path;
    }

    static FormNode treeOf(Parameters parameters) {
        FormNode root = new FormNode("");
        for (Parameters.Parameter parameter : parameters.pairs()) {
            FormNode node = root;
            for (String step : parameter.name().split("\\.", -1)) {
                node = node.grow(step);
            }
            node.value = Optional.of(parameter.value());
        }
        return root;
    }

    /** Tells the full parameter name, such as {@code Filter.1.Name}. */
    String path() {
        return path;
    }

    Optional<FormNode> child(String name) {
        return Optional.ofNullable(children.get(name));
    }

    /** Finds a node by a location name, which may itself be dotted. */
    Optional<FormNode> descend(String dottedName) {
        Optional<FormNode> node = Optional.of(this);
        for (String step : dottedName.split("\\.", -1)) {
            node = node.flatMap(parent -> parent.child(step));
        }
        return node;
    }

    /** Lists the numbered children in the order of their numbers, which need not be without gaps. */
    List<FormNode> items() {
        return children.entrySet().stream()
                .filter(entry -> entry.getKey().matches("\\d{1,9}"))
                .sorted(Comparator.comparing(entry -> Integer.valueOf(entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Reads the value; absent where the name only leads to others. */
    Optional<String> read() {
        read = true;
        return value;
    }

    /** Lists the names whose values nobody read. */
    List<String> unread() {
        return leaves().filter(node -> !node.read).map(FormNode::path).toList();
    }

    private Stream<FormNode> leaves() {
        Stream<FormNode> below = children.values().stream().flatMap(FormNode::leaves);
        return value.isPresent() ? Stream.concat(Stream.of(this), below) : below;
    }

    private FormNode grow(String step) {
        return children.computeIfAbsent(step, name -> new FormNode(path.isEmpty() ? name : path + "." + name));
    }
}
