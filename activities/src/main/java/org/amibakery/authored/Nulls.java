package org.amibakery.authored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/** Treats a key without a value as one that was not written. */
public final class Nulls {
    private Nulls() {}

    /** A copy of the tree without such keys. */
    public static JsonNode leftOut(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        leaveOut(copy);
        return copy;
    }

    private static void leaveOut(JsonNode node) {
        if (node instanceof ObjectNode mapping) {
            mapping.properties().removeIf(entry -> entry.getValue().isNull());
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            leaveOut(children.next());
        }
    }
}
