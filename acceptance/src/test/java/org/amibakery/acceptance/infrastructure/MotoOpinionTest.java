package org.amibakery.acceptance.infrastructure;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.amibakery.acceptance.processes.Lane;
import org.amibakery.acceptance.processes.RunningProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Compares what the tests make of the template with what moto's CloudFormation makes of it, which is somebody else's: the
 * tests of permissions and configuration are worth what their reading of the template is worth.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_PROGRAMS)
class MotoOpinionTest {
    private static JsonNode moto;
    private static Stack stack;

    @BeforeAll
    static void moto_deploys_the_template() throws InterruptedException, IOException {
        requireMoto();
        List<String> command = List.of(
                "python3",
                "src/test/moto/deploy.py",
                Template.run().resolve("template.yaml").toString());
        try (RunningProcess script = RunningProcess.start("moto", Map.of(), command)) {
            assertThat(script.exitCode()).as(script.output()).isZero();
            moto = new ObjectMapper().readTree(script.results());
        }
        stack = Stack.with(moto.get("parameters").properties().stream()
                .collect(toMap(
                        Map.Entry::getKey, parameter -> parameter.getValue().asText())));
    }

    @Test
    void both_make_the_same_policies() {
        assertThat(moto.get("policies")).hasSize(7);
        moto.get("policies").properties().forEach(policies -> assertThat(withOurIds(policies.getValue()))
                .as(policies.getKey())
                .isEqualTo(new ObjectMapper().valueToTree(stack.policies(policies.getKey()))));
    }

    @Test
    void both_make_the_same_configuration() {
        assertThat(withOurIds(moto.get("configuration")).asText())
                .isEqualTo(stack.properties("Configuration").get("Value").asText());
    }

    @Test
    void both_make_the_same_documents() {
        assertThat(moto.get("documents").properties().stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .isEqualTo(stack.ofType("AWS::SSM::Document").values().stream()
                        .collect(
                                toMap(document -> document.get("Name").asText(), document -> document.get("Content"))));
    }

    /** Both make ids up, each its own; and moto leaves the :* away with which the ARN of a log ends (AWS::Logs::LogGroup, Arn). */
    private static JsonNode withOurIds(JsonNode of) {
        String text = of.toString();
        for (Map.Entry<String, JsonNode> resource : moto.get("resources").properties()) {
            String theirs = resource.getValue().asText();
            if (!theirs.isEmpty()) { // those that moto does not make
                text = text.replace(theirs, stack.reference(resource.getKey()));
            }
        }
        text = text.replaceAll("(:log-group:[^:\"]+)\"", "$1:*\"");
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void requireMoto() throws InterruptedException {
        String advice =
                "The template was not compared with moto's CloudFormation. Install it to compare: python3 -m pip install"
                        + " 'moto[cloudformation]'";
        boolean installed;
        try (RunningProcess python = RunningProcess.start(
                "python3", Map.of(), List.of("python3", "-c", "import moto.cloudformation.parsing"))) {
            installed = python.exitCode() == 0;
        }
        if (System.getenv("CI") != null) {
            assertThat(installed).as(advice).isTrue();
        }
        if (!installed) {
            System.err.println("Skipped: " + advice); // the build's output does not show why a test was skipped
        }
        assumeTrue(installed, advice);
    }
}
