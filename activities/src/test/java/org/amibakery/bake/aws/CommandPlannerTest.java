package org.amibakery.bake.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandPlannerTest {
    private static final Path DOCUMENTS = Path.of("..", "infrastructure", "documents");

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "amazon-linux, verify-agent",
        "amazon-linux, update-packages",
        "amazon-linux, install-packages",
        "amazon-linux, run-playbook",
        "amazon-linux, scrub",
        "debian, verify-agent",
        "debian, update-packages",
        "debian, install-packages",
        "debian, run-playbook",
        "debian, scrub"
    })
    void waits_exactly_as_long_as_the_document_lets_its_script_run(String family, String name) throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory())
                .readTree(DOCUMENTS.resolve(family).resolve(name + ".yaml").toFile());

        assertThat(document.at("/mainSteps/0/inputs/timeoutSeconds").asLong())
                .isEqualTo(limit(name).toSeconds());
    }

    private static Duration limit(String name) {
        return switch (name) {
            case "verify-agent" -> CommandPlanner.VERIFY_LIMIT;
            case "update-packages" -> CommandPlanner.UPDATE_LIMIT;
            case "install-packages" -> CommandPlanner.INSTALL_LIMIT;
            case "run-playbook" -> CommandPlanner.PLAYBOOK_LIMIT;
            case "scrub" -> CommandPlanner.SCRUB_LIMIT;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
