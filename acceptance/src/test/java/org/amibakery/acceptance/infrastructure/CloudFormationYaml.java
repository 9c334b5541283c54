package org.amibakery.acceptance.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads YAML as CloudFormation does: a short function such as {@code !Ref A} is its long form, {@code {"Ref": "A"}}. */
final class CloudFormationYaml extends SafeConstructor {
    private static final List<String> WITHOUT_PREFIX = List.of("Ref", "Condition");

    private CloudFormationYaml(LoaderOptions options) {
        super(options);
        yamlMultiConstructors.put("!", new ShortFunction());
    }

    static JsonNode read(String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Object tree = new Yaml(new CloudFormationYaml(strict)).load(text);
        return new ObjectMapper().valueToTree(tree);
    }

    private final class ShortFunction extends AbstractConstruct {
        @Override
        public Object construct(Node node) {
            String name = node.getTag().getValue().substring(1);
            Object argument = argument(node);
            if (name.equals("GetAtt") && argument instanceof String path) {
                argument = List.of(path.split("\\.", 2));
            }
            return Map.of(WITHOUT_PREFIX.contains(name) ? name : "Fn::" + name, argument);
        }

        private Object argument(Node node) {
            if (node instanceof ScalarNode scalar) {
                return scalar.getValue();
            }
            return node instanceof SequenceNode sequence
                    ? constructSequence(sequence)
                    : constructMapping((MappingNode) node);
        }
    }
}
