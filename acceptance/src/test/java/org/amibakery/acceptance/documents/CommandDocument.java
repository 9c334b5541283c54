package org.amibakery.acceptance.documents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An SSM Command document as it stands in a file; {@code name} is its folder and file name. */
public record CommandDocument(String name, JsonNode tree) {
    /** Relative to the module, where Maven runs its tests. */
    public static final Path INFRASTRUCTURE = Path.of("../infrastructure");

    private static final Path FOLDER = INFRASTRUCTURE.resolve("documents");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads every document of every family, in the order of their names. */
    public static List<CommandDocument> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> parse(FOLDER.relativize(file).toString(), text(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one document by its family and name, such as {@code debian/scrub.yaml}. */
    public static CommandDocument named(String name) {
        return parse(name, text(FOLDER.resolve(name)));
    }

    /** Reads the script that every builder runs at its first boot, as it is published. */
    public static String userData() {
        return text(INFRASTRUCTURE.resolve("builder/user-data.sh"));
    }

    static CommandDocument parse(String name, String yaml) {
        try {
            return new CommandDocument(name, YAML.readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is not YAML", e);
        }
    }

    /** Reads the schema that documents are held against. */
    static String schema() {
        return text(FOLDER.resolve("command-document.schema.json"));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Joins each step's lines by newline, which is how the agent writes its script (amazon-ssm-agent 3.3.0). */
    public List<String> scripts() {
        return steps().map(step -> step.at("/inputs/runCommand"))
                .map(lines ->
                        String.join("\n", elements(lines).map(JsonNode::asText).toList()))
                .toList();
    }

    Stream<JsonNode> steps() {
        return elements(tree.path("mainSteps"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::path);
    }

    @Override
    public String toString() {
        return name;
    }
}
