package org.amibakery.acceptance.infrastructure;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The CloudFormation template as it stands in the file. A short function such as {@code !GetAtt A.Arn} is read as its
 * argument, since a tree has no place for YAML's tags.
 */
final class Template {
    private static final Path FILE = Path.of("../infrastructure/template.yaml"); // where Maven runs the module's tests
    private static final String STACK = "ami-bakery";

    private final JsonNode tree;

    private Template(JsonNode tree) {
        this.tree = tree;
    }

    static Template read() {
        try {
            return new Template(YAMLMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readTree(Files.readString(FILE)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    JsonNode resource(String name) {
        return tree.at("/Resources/" + name);
    }

    List<JsonNode> ofType(String type) {
        return StreamSupport.stream(tree.get("Resources").spliterator(), false)
                .filter(resource -> resource.at("/Type").asText().equals(type))
                .toList();
    }

    /** All statements of a role's own policies. */
    List<JsonNode> statements(String role) {
        return stream(resource(role).at("/Properties/Policies"))
                .flatMap(policy -> stream(policy.at("/PolicyDocument/Statement")))
                .toList();
    }

    /** What Fn::Sub makes of a text in the stack ami-bakery, with every parameter at its default. */
    String substituted(String text, String region) {
        String result = text.replace("${AWS::StackName}", STACK).replace("${AWS::Region}", region);
        for (Map.Entry<String, JsonNode> parameter : tree.get("Parameters").properties()) {
            result = result.replace(
                    "${" + parameter.getKey() + "}",
                    parameter.getValue().at("/Default").asText());
        }
        return result;
    }

    /** What the rule of the clean-up of orphans sends to the function. */
    String inputOfTheRule(String region) {
        return substituted(
                resource("CleanUpOrphansRule").at("/Properties/Targets/0/Input").asText(), region);
    }

    static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
