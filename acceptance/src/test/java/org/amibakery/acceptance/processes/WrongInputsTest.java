package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends every workflow type what is no request, by a client that knows nothing of the product. */
class WrongInputsTest {
    private static final String BAKE = "BakeWorkflow";
    private static final String WINDOW = "MaintenanceWindowWorkflow";
    private static final String RETENTION = "RetentionWorkflow";
    private static final String REAPER = "ReaperWorkflow";
    private static final String RECIPE = "{\"name\": \"web\"}";

    private static TemporalDevServer temporal;
    private static Simulator simulator;
    private static AwsClients aws;
    private static RunningProcess worker;

    @BeforeAll
    static void all_runs() throws InterruptedException {
        temporal = TemporalDevServer.require();
        simulator = Simulator.start(SimulatorOptions.forTests());
        aws = SimulatedInstallation.clients(simulator);
        SimulatedInstallation.install(simulator, aws);
        Map<String, String> environment = new HashMap<>(SimulatedInstallation.variables(simulator));
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("TEMPORAL_ADDRESS", temporal.address());
        worker = Product.worker(environment);
    }

    @AfterAll
    static void all_ends() {
        Stream.of(worker, aws, simulator, temporal)
                .filter(started -> started != null)
                .forEach(WrongInputsTest::close);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wrongInputs")
    void fails_the_workflow_at_once_and_says_why(String type, List<String> input, String failure, String message)
            throws InterruptedException {
        CliAnswer result = execute(type, input);

        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output())
                .contains("\"status\": \"FAILED\"", "\"type\": \"" + failure + "\"", "\"nonRetryable\": true")
                .contains(message);
        assertThat(simulator.ledger().buildersEverLaunched()).isEmpty();
    }

    static Stream<Arguments> wrongInputs() {
        String invalidInput = "InvalidInput";
        String invalidRecipe = "InvalidRecipe";
        String noMapping = "input: this is a text where a mapping is expected";
        String surplus = "input: one is taken, and 2 were sent";
        List<String> two = List.of("--input", RECIPE, "--input", "{}");
        List<String> text = List.of("--input", "\"web\"");
        List<String> binary =
                List.of("--input-base64", "--input", "AAEC", "--input-meta", "encoding=binary/unheard-of");
        return Stream.of(
                Arguments.of(BAKE, List.of(), invalidRecipe, "input: this is empty where a mapping is expected"),
                Arguments.of(BAKE, text, invalidRecipe, noMapping),
                Arguments.of(BAKE, List.of("--input", "[1]"), invalidRecipe, "input: this is a list where a mapping"),
                Arguments.of(BAKE, List.of("--input", RECIPE), invalidRecipe, "foundation"),
                Arguments.of(BAKE, List.of("--input", "{\"name\": 1}"), invalidRecipe, "/name"),
                Arguments.of(BAKE, List.of("--input", "{\"colour\": 1}"), invalidRecipe, "/colour: unknown key"),
                Arguments.of(BAKE, two, invalidInput, surplus),
                Arguments.of(BAKE, binary, invalidInput, "input: this cannot be read"),
                Arguments.of(WINDOW, List.of(), "InvalidWindow", "The run was started without a window"),
                Arguments.of(WINDOW, text, invalidInput, noMapping),
                Arguments.of(WINDOW, two, invalidInput, surplus),
                Arguments.of(WINDOW, List.of("--input", "{\"name\": \"w\"}"), invalidInput, "duration\\\" is required"),
                window("\"duration\": \"4h\"", "InvalidWindow", "/recipes: there is none"),
                window("\"duration\": \"PT999999999999999H\", \"recipes\": [{}]", "InvalidWindow", "/duration: "),
                window(
                        "\"duration\": \"4h\", \"cutoff\": \"soon\"",
                        invalidInput,
                        "/cutoff: \\\"soon\\\" is not a duration"),
                window("\"duration\": 4", invalidInput, "/duration: \\\"4\\\" is not a duration"),
                window(
                        "\"duration\": \"4h\", \"atEnd\": \"STOP\"",
                        invalidInput,
                        "/atEnd: \\\"STOP\\\" is none of FINISH"),
                window("\"duration\": \"4h\", \"recipies\": []", invalidInput, "/recipies: unknown key"),
                window("\"duration\": \"4h\", \"recipes\": 7", invalidInput, "/recipes: "),
                Arguments.of(RETENTION, List.of(), invalidRecipe, "input: this is empty where a mapping is expected"),
                Arguments.of(RETENTION, List.of("--input", RECIPE), invalidInput, "/name: unknown key"),
                Arguments.of(RETENTION, List.of("--input", "{\"recipe\": 7}"), invalidRecipe, "where a mapping"),
                Arguments.of(
                        RETENTION, List.of("--input", "{\"most\": \"all\"}"), invalidInput, "/most: \\\"all\\\" is no"),
                Arguments.of(RETENTION, two, invalidInput, surplus),
                Arguments.of(REAPER, text, invalidInput, noMapping),
                Arguments.of(
                        REAPER, List.of("--input", "{\"mode\": \"DESTROY\"}"), invalidInput, "is none of PLAN, REMOVE"),
                Arguments.of(REAPER, List.of("--input", "{\"stak\": \"x\"}"), invalidInput, "/stak: unknown key"),
                Arguments.of(REAPER, List.of("--input", "{\"stack\": \"x\"}"), "OtherStack", "asked about x"),
                Arguments.of(REAPER, two, invalidInput, surplus));
    }

    @Test
    void a_reaper_without_an_input_tells_and_removes_nothing() throws InterruptedException {
        CliAnswer result = execute(REAPER, List.of());

        assertThat(result.succeeded().json().at("/result/mode").asText()).isEqualTo("PLAN");
    }

    private static Arguments window(String keys, String failure, String message) {
        return Arguments.of(WINDOW, List.of("--input", "{\"name\": \"w\", " + keys + "}"), failure, message);
    }

    private static CliAnswer execute(String type, List<String> input) throws InterruptedException {
        String[] start = {"workflow", "execute", "--type", type, "--task-queue", "ami-bakery", "--workflow-id", "wrong"
        };
        List<String> arguments = new ArrayList<>(List.of(start));
        arguments.addAll(input);
        return temporal.cli(arguments.toArray(String[]::new));
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
