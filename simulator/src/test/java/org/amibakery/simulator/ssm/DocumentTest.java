package org.amibakery.simulator.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.amibakery.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentKeyValuesFilter;

class DocumentTest {
    private static final String GOOD =
            """
            schemaVersion: "2.2"
            description: Greets.
            parameters:
              Name: {type: String, default: you, allowedPattern: "^[a-z]+$"}
            mainSteps:
              - {action: "aws:runShellScript", name: greet, inputs: {timeoutSeconds: "60", runCommand: ["echo {{ Name }}"]}}
            """;

    private final SsmWorld world = new SsmWorld();

    @Test
    void describes_a_document_with_the_hash_of_its_content() throws NoSuchAlgorithmException {
        create(GOOD);

        DocumentDescription document =
                world.ssm.describeDocument(it -> it.name("greet")).document();

        assertThat(document.hash())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(GOOD.getBytes(UTF_8))));
        assertThat(document.defaultVersion()).isEqualTo("1");
        assertThat(document.parameters()).singleElement().returns("you", it -> it.defaultValue());
    }

    @Test
    void keeps_the_default_version_when_the_document_is_updated() {
        create(GOOD);

        world.ssm.updateDocument(it -> it.name("greet")
                .content(GOOD.replace("Greets.", "Greets again."))
                .documentVersion("$LATEST")
                .documentFormat(DocumentFormat.YAML));

        DocumentDescription document =
                world.ssm.describeDocument(it -> it.name("greet")).document();
        assertThat(document.latestVersion()).isEqualTo("2");
        assertThat(document.documentVersion()).isEqualTo("1");
        world.ssm.updateDocumentDefaultVersion(it -> it.name("greet").documentVersion("2"));
        assertThat(world.ssm.describeDocument(it -> it.name("greet")).document().description())
                .isEqualTo("Greets again.");
    }

    @Test
    void refuses_an_update_with_known_content_and_a_second_creation() {
        create(GOOD);

        assertRefused(
                        "DuplicateDocumentContent",
                        () -> world.ssm.updateDocument(
                                it -> it.name("greet").content(GOOD).documentFormat(DocumentFormat.YAML)))
                .satisfies(error -> assertThat(error).hasMessageContaining("Change the content"));
        assertRefused("DocumentAlreadyExists", () -> create(GOOD))
                .returns("Document with name greet already exists.", SimulatorError::getMessage);
    }

    @Test
    void answers_json_unless_yaml_is_asked_for() {
        create(GOOD);

        assertThat(world.ssm.getDocument(it -> it.name("greet")).content()).startsWith("{");
        assertThat(world.ssm
                        .getDocument(it -> it.name("greet").documentFormat(DocumentFormat.YAML))
                        .content())
                .isEqualTo(GOOD);
    }

    @Test
    void lists_own_documents_apart_from_amazons() {
        create(GOOD);

        assertThat(world.ssm
                        .listDocuments(it -> it.filters(List.of(DocumentKeyValuesFilter.builder()
                                .key("Owner")
                                .values("Self")
                                .build())))
                        .documentIdentifiers())
                .extracting(it -> it.name())
                .containsExactly("ami-bakery-update-packages", "greet");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mainSteps | mainStep | unknown key mainStep",
                "echo {{ Name }} | echo {{ Nmae }} | parameter Nmae, which is not declared",
                "aws:runShellScript | aws:runPowerShellScript | runs aws:runShellScript only",
                "runCommand | runCommands | unknown key runCommands",
                "default: you | default: YOU | not allowed by its rules",
                "^[a-z]+$ | ^[a-z+$ | is malformed",
                "type: String | type: Text | knows String and StringList"
            })
    void refuses_documents_that_would_not_run(String good, String bad, String problem) {
        assertRefused("InvalidDocumentContent", () -> create(GOOD.replace(good, bad)))
                .satisfies(error -> assertThat(error).hasMessageContaining(problem));
    }

    @Test
    void refuses_a_schema_version_that_is_a_number() {
        assertRefused("InvalidDocumentSchemaVersion", () -> create(GOOD.replace("\"2.2\"", "2.2")))
                .satisfies(error -> assertThat(error).hasMessageContaining("must be the text \"2.2\""));
    }

    @ParameterizedTest
    @MethodSource
    void accepts_the_documents_of_this_project(Path document) throws IOException {
        String content = Files.readString(document);

        world.facts.document("ours", content);

        assertThat(world.ssm.describeDocument(it -> it.name("ours")).document().schemaVersion())
                .isEqualTo("2.2");
    }

    static List<Path> accepts_the_documents_of_this_project() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "infrastructure", "documents"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private void create(String content) {
        world.ssm.createDocument(it -> it.name("greet").content(content).documentFormat(DocumentFormat.YAML));
    }
}
