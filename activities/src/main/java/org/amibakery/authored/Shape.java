package org.amibakery.authored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows from a JSON Schema (draft 2020-12) what authors may write.
 *
 * <p>Titles, descriptions and examples of the schema become part of the messages, so every property needs an example
 * that is right.
 */
public final class Shape {
    private final JsonSchema schema;
    private final SchemaView view;

    private Shape(JsonNode schema) {
        this.view = SchemaView.of(schema);
        this.schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(
                        schema,
                        SchemaValidatorsConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .build());
    }

    static Shape of(JsonNode schema) {
        return new Shape(schema);
    }

    /** Reads a schema that stands at the root of the class path. */
    public static Shape ofResource(String name) {
        try (InputStream resource = Shape.class.getResourceAsStream("/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("the build has not packaged " + name);
            }
            return new Shape(new ObjectMapper().readTree(resource));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The paths of everything that is not a mapping with keys of its own: {@code network.subnets}. */
    public List<String> leaves() {
        return view.leaves("");
    }

    SchemaView view() {
        return view;
    }

    /** Compares a tree with the schema. */
    Findings check(AuthoredTree tree) {
        List<Problem> problems = new ArrayList<>(tree.problems());
        AuthoredTree mended = AuthoredTree.of(tree.root());
        Set<String> pointers = new LinkedHashSet<>();
        List<ShapeFlaw> flaws = flawsOf(tree.root());
        for (ShapeFlaw flaw : flaws) {
            // a key that is misspelt is not missing as well
            if (flaws.stream().noneMatch(other -> other.meant().equals(Optional.of(flaw.pointer())))) {
                problems.add(flaw.problemIn(tree));
            }
            flaw.mend(mended);
            pointers.add(flaw.pointer());
        }
        return new Findings(problems, mended.root(), pointers);
    }

    /** One flaw a value: what has the wrong type fits no pattern either. */
    private List<ShapeFlaw> flawsOf(JsonNode root) {
        Map<String, ShapeFlaw> flaws = new LinkedHashMap<>();
        schema.validate(root).stream()
                .sorted(Comparator.comparing(message -> !message.getType().equals("type")))
                .map(message -> ShapeFlaw.of(message, view, root))
                .forEach(flaw -> flaws.putIfAbsent(flaw.pointer(), flaw));
        return List.copyOf(flaws.values());
    }

    /**
     * Tells how a tree differs from its schema.
     *
     * @param mended the tree with an example in place of every value at fault, so that the rest can be judged too
     */
    record Findings(List<Problem> problems, JsonNode mended, Set<String> mendedPointers) {
        Findings {
            problems = List.copyOf(problems);
            mendedPointers = new LinkedHashSet<>(mendedPointers);
        }

        /** Whether the author wrote the value at a pointer, rather than an example having taken its place. */
        boolean wroteThemselves(String pointer) {
            return mendedPointers.stream().noneMatch(mendedPointer -> Pointers.within(pointer, mendedPointer));
        }
    }
}
