package org.amibakery.acceptance.infrastructure;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.acceptance.processes.RunningProcess;

/** The template as CloudFormation is given it: with the SSM documents, packaged from the very files of the repository. */
public final class Template {
    /** Where Maven runs the module's tests, relative to which all else is found. */
    static final Path INFRASTRUCTURE = Path.of("../infrastructure");

    private static final Path PACKAGED = Path.of("target/installation");

    private final JsonNode tree;

    private Template(JsonNode tree) {
        this.tree = tree;
    }

    /** Packages the template and reads it. */
    public static Template packaged() {
        return read(run().resolve("template.yaml"));
    }

    /** The same stack with nothing but its bucket. */
    static Template bucketAlone() {
        return read(run().resolve("bucket.yaml"));
    }

    static Template parse(String text) {
        return new Template(CloudFormationYaml.read(text));
    }

    /** Runs the script that packages, and tells where the results are. */
    static Path run() {
        List<String> command = List.of("bash", INFRASTRUCTURE.resolve("package").toString(), PACKAGED.toString());
        try (RunningProcess script = RunningProcess.start("package", Map.of(), command)) {
            assertThat(script.exitCode()).as(script.output()).isZero();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
        return PACKAGED;
    }

    private static Template read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The resources as they are written, by name, in the order of the file. */
    Map<String, JsonNode> resources() {
        return section("Resources");
    }

    Map<String, JsonNode> parameters() {
        return section("Parameters");
    }

    /** One part of the template, in the order of the file. */
    Map<String, JsonNode> section(String name) {
        return tree.path(name).properties().stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    JsonNode tree() {
        return tree;
    }
}
