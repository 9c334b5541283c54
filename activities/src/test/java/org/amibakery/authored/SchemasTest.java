package org.amibakery.authored;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../recipes/recipe.schema.json",
                "../infrastructure/installation.schema.json",
                "../windows/window.schema.json"
            })
    void every_value_is_described_and_has_an_example_that_is_right(String file) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Files.readString(Path.of(file)));
        Map<String, JsonNode> values = new TreeMap<>();
        collect("", schema, values);

        assertThat(values).hasSizeGreaterThan(10).allSatisfy((path, value) -> {
            assertThat(SchemaView.of(schema).at(path).description()
                            + value.path("$ref").asText())
                    .isNotEmpty();
            assertThat(value.path("examples")).isNotEmpty();
            assertThat(Shape.of(schema).view().at(path).example()).isEqualTo(value.at("/examples/0"));
        });
        assertThat(values.keySet().stream().flatMap(path -> misfit(schema, path)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../recipes/recipe.schema.json",
                "../infrastructure/installation.schema.json",
                "../windows/window.schema.json"
            })
    void the_schema_is_one_of_draft_2020_12(String file) throws IOException {
        var meta = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(Files.readString(Path.of(file)), InputFormat.JSON))
                .isEmpty();
    }

    /** Puts each example where it belongs in an otherwise empty tree; only what is missing around it may be wrong. */
    private static Stream<String> misfit(JsonNode schema, String path) {
        AuthoredTree tree = AuthoredTree.of(new ObjectMapper().createObjectNode());
        String written = SchemaView.of(schema).at(path).example().toString();
        Settings.apply(tree, Shape.of(schema), List.of(new Setting(Pointers.path(path), written, path)));
        return Shape.of(schema).check(tree).problems().stream()
                .map(Problem::message)
                .filter(message -> !message.contains(" is missing "));
    }

    private static void collect(String path, JsonNode schema, Map<String, JsonNode> values) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String deeper = Pointers.entry(path, property.getKey());
            values.put(deeper, property.getValue());
            collect(deeper, property.getValue(), values);
        }
        if (schema.has("items")) {
            values.put(Pointers.entry(path, 0), schema.get("items"));
            collect(Pointers.entry(path, 0), schema.get("items"), values);
        }
    }
}
