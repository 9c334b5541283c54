package org.amibakery.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static final String GOOD =
            """
            schemaVersion: "2.2"
            description: Greets.
            parameters:
              Name:
                type: String
                description: Whom to greet.
                default: world
                allowedPattern: "^[a-z]{1,99}$"
                interpolationType: ENV_VAR
            mainSteps:
              - action: aws:runShellScript
                name: greet
                inputs:
                  timeoutSeconds: "60"
                  runCommand:
                    - |
                      #!/bin/bash
                      set -euo pipefail
                      : "${SSM_Name?agent too old}"
                      echo "Hello $SSM_Name"
            """;

    static List<CommandDocument> documents() {
        return CommandDocument.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void every_document_obeys_schema_and_rules(CommandDocument document) {
        assertThat(DocumentRules.problemsOf(document)).isEmpty();
    }

    @Test
    void both_families_have_a_document_for_each_step_on_the_builder() {
        assertThat(documents())
                .extracting(CommandDocument::name)
                .containsExactly(
                        "amazon-linux/install-packages.yaml",
                        "amazon-linux/run-playbook.yaml",
                        "amazon-linux/scrub.yaml",
                        "amazon-linux/update-packages.yaml",
                        "amazon-linux/verify-agent.yaml",
                        "debian/install-packages.yaml",
                        "debian/run-playbook.yaml",
                        "debian/scrub.yaml",
                        "debian/update-packages.yaml",
                        "debian/verify-agent.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void every_script_stops_at_the_first_error_and_ends_with_a_summary(CommandDocument document) {
        assertThat(document.scripts()).allSatisfy(script -> assertThat(script)
                .contains("set -euo pipefail", "export HOME=/root")
                .containsPattern("echo \"AMI-BAKERY changed=[^\\n]*(\\n +\"[^\\n]*)?\\s*\\z"));
    }

    /** So that what is run for real on a Debian holds for the other family too. */
    @Test
    void both_families_run_playbooks_by_the_same_script_but_for_the_path_and_the_count_of_packages() {
        List<String> debian = linesOf("debian/run-playbook.yaml");
        List<String> amazonLinux = linesOf("amazon-linux/run-playbook.yaml");

        assertThat(amazonLinux).hasSameSizeAs(debian);
        assertThat(IntStream.range(0, debian.size())
                        .filter(line -> !debian.get(line).equals(amazonLinux.get(line)))
                        .mapToObj(amazonLinux::get))
                .containsExactly(
                        "export HOME=/root LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "packages=$(rpm -qa | wc -l)");
    }

    @Test
    void a_good_document_has_no_problems() {
        assertThat(DocumentRules.problemsOf(CommandDocument.parse("good", GOOD)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "schemaVersion: \"2.2\" | schemaVersion: 2.2 | schemaVersion: number found, string expected",
                "schemaVersion: \"2.2\" | schemaVersion: \"9\" | schemaVersion: must be the constant value '2.2'",
                "mainSteps: | mainStep: | 'mainStep' is not defined in the schema",
                "aws:runShellScript | aws:runDocument | action: must be the constant value 'aws:runShellScript'",
                "timeoutSeconds: \"60\" | workingDirectory: /tmp | required property 'timeoutSeconds' not found",
                "timeoutSeconds: \"60\" | timeoutSeconds: 60 | timeoutSeconds: integer found, string expected",
                "timeoutSeconds: \"60\" | timeoutSeconds: \"172801\" | timeoutSeconds: does not match",
                "timeoutSeconds: \"60\" | timeoutSeconds: \"4\" | timeoutSeconds: does not match",
                "Name: | First-Name: | 'First-Name'",
                "type: String | type: StringList | type: must be the constant value 'String'",
                "`    interpolationType: ENV_VAR\n` | `` | required property 'interpolationType' not found",
                "^[a-z]{1,99}$ | [a-z]{1,99} | allowedPattern: does not match",
                "^[a-z]{1,99}$ | `^a|b$` | an alternative outside of brackets",
                "^[a-z]{1,99}$ | ^[a-z]{1,1024}$ | RE2 repeats at most 1000 times",
                "^[a-z]{1,99}$ | ^(?i)[a-z]+$ | groups that look around",
                "default: world | default: World | the default 'World' does not match",
                "default: world | default: \"world\\n\" | does not match",
                "`echo \"Hello $SSM_Name\"` | echo {{ Name }} | must not be valid to the schema",
                "#!/bin/bash | #!/bin/sh | does not match the regex pattern ^#!/bin/bash",
                "${SSM_Name?agent too old} | $SSM_Name | no guard ${SSM_Name?...}",
                "Hello $SSM_Name | Hello ${AWS::Region} | a text like ${AWS::Region} is CloudFormation's",
                "Hello $SSM_Name | Hello $SSM_Nmae | SSM_Nmae is read, but Nmae is not declared",
            })
    void catches_a_bad_document(String good, String bad, String problem) {
        assertThat(GOOD).contains(good);

        List<String> problems = DocumentRules.problemsOf(CommandDocument.parse("bad", GOOD.replace(good, bad)));

        assertThat(problems).anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void catches_two_steps_of_one_name() {
        String step = GOOD.substring(GOOD.indexOf("  - action"));

        assertThat(DocumentRules.problemsOf(CommandDocument.parse("twice", GOOD + step)))
                .containsExactly("step name greet is used twice");
    }

    @Test
    void catches_a_key_written_twice() {
        assertThatThrownBy(() -> CommandDocument.parse("twice", GOOD + "description: Again.\n"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("twice is not YAML")
                .hasRootCauseMessage(
                        "Duplicate field 'description'\n at [Source: (StringReader); line: 21, column: 12]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"; id", "$(id)", "`id`", "\"", "'", "\n", "x\n", "\nx", "&& id", "| id", "-o", "{{x}}"})
    void no_parameter_lets_shell_syntax_through(String hostile) {
        assertThat(documents())
                .allSatisfy(document -> assertThat(document.tree().path("parameters"))
                        .allSatisfy(parameter -> assertThat(DocumentRules.allows(pattern(parameter), hostile))
                                .isFalse()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../site.yml", "roles/../../site.yml", "/etc/site.yml", "./site.yml", "roles//site.yml"})
    void a_playbook_stays_inside_its_archive(String path) {
        assertThat(documents())
                .filteredOn(document -> document.name().endsWith("/run-playbook.yaml"))
                .hasSize(2)
                .allSatisfy(document -> assertThat(DocumentRules.allows(pattern(declared(document, "Playbook")), path))
                        .isFalse());
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "verify-agent, BakeId, bake/amazon-linux-2023-base/us-east-1",
        "install-packages, Packages, awscli ansible jq",
        "install-packages, Packages, g++ libstdc++6 python3.11",
        "run-playbook, Bucket, ami-bakery-playbooks.123456789012",
        "run-playbook, Key, playbooks/base/base.zip",
        "run-playbook, Key, base.tar.gz",
        "run-playbook, VersionId, 3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY",
        "run-playbook, Playbook, roles/site.yml",
        "run-playbook, Variables, eyJ0aW1lem9uZSI6IlVUQyJ9",
        "run-playbook, Region, us-gov-west-1",
    })
    void lets_the_usual_values_through(String stem, String parameter, String value) {
        assertThat(documents())
                .filteredOn(document -> document.name().endsWith("/" + stem + ".yaml"))
                .hasSize(2)
                .allSatisfy(document -> assertThat(DocumentRules.allows(pattern(declared(document, parameter)), value))
                        .isTrue());
    }

    private static List<String> linesOf(String document) {
        return CommandDocument.named(document).scripts().get(0).lines().toList();
    }

    private static JsonNode declared(CommandDocument document, String parameter) {
        return document.tree().path("parameters").path(parameter);
    }

    private static String pattern(JsonNode parameter) {
        return parameter.path("allowedPattern").asText();
    }
}
