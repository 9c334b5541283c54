package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.bake.BakeStep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * Bakes as an installation does: a real Temporal server, the worker and AWS (its simulator) as processes of their own,
 * and the temporal CLI as the client.
 */
class BakeInProcessesTest {
    /** A bake lasts about 15 s: long enough to be met half-way, short enough to wait for. */
    private static final int SPEED = 60;

    /** What a JVM answers to SIGTERM, after its shutdown hooks. */
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    private static Path folder;

    private static TemporalDevServer temporal;
    private static RunningProcess simulator;
    private static RunningProcess worker;
    private static Map<String, String> environment;
    private static Ec2Client ec2;

    @BeforeAll
    static void the_processes_run() throws Exception {
        temporal = TemporalDevServer.require();
        simulator = Product.simulator(SPEED);
        environment = new HashMap<>(Product.variables(simulator));
        environment.put("TEMPORAL_ADDRESS", temporal.address());
        worker = Product.worker(environment);
        ec2 = ec2();
    }

    @AfterAll
    static void the_processes_end() {
        Stream.of(worker, simulator, temporal, ec2)
                .filter(started -> started != null)
                .forEach(BakeInProcessesTest::close);
    }

    @Test
    void a_bake_started_by_the_temporal_cli_makes_a_good_image_and_leaves_no_builder() throws Exception {
        String bake = startBake("started-by-cli");

        JsonNode result = resultOf(bake);

        assertThat(result.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(result.path("leaked")).isEmpty();
        assertThat(images(bake)).singleElement().satisfies(image -> {
            assertThat(image.stateAsString()).isEqualTo("available");
            assertThat(image.imageId()).isEqualTo(result.path("image").asText());
            assertThat(tags(image)).containsEntry("ami-bakery:state", "good").doesNotContainKey("ami-bakery:expires");
        });
        assertThat(builders(bake)).singleElement().returns(InstanceStateName.TERMINATED, it -> it.state()
                .name());
        assertFoundBySearchAttributes(bake, result);
        assertShowsItsProgress(bake);
    }

    @Test
    void a_bake_followed_by_the_products_own_command_ends_with_its_report() throws Exception {
        String recipe = Path.of("..", "recipes", "amazon-linux-2023.yaml").toString();

        try (RunningProcess bake = Product.start(environment, "bake", recipe, "--follow", "--output", "json")) {
            assertThat(bake.exitCode()).as(bake.output()).isZero();

            JsonNode report = new ObjectMapper().readTree(bake.results());
            assertThat(report.path("state").asText()).isEqualTo("completed");
            assertThat(report.path("leaked")).isEmpty();
            assertThat(report.path("steps").findValuesAsText("state"))
                    .hasSize(11)
                    .containsOnly("completed");
            assertThat(images(report.path("workflowId").asText()))
                    .extracting(Image::imageId)
                    .containsExactly(report.path("imageId").asText());
        }
    }

    @Test
    void a_worker_told_to_stop_leaves_its_bake_to_the_next_one() throws Exception {
        String bake = startBake("handed-over");
        await().atMost(Duration.ofSeconds(60)).until(() -> stepRunning(bake, BakeStep.UPDATE_PACKAGES));

        RunningProcess stopped = worker;
        int exitCode = stopped.terminate();
        worker = Product.worker(environment);

        JsonNode result = resultOf(bake);
        assertThat(exitCode).as(stopped.output()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(pidsOfWorkers(bake)).startsWith(stopped.pid()).endsWith(worker.pid());
        assertThat(result.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(images(bake)).hasSize(1);
        assertThat(builders(bake)).singleElement().returns(InstanceStateName.TERMINATED, it -> it.state()
                .name());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedInputs")
    void an_input_that_is_no_recipe_fails_the_bake_at_once(String what, List<String> input, String message)
            throws Exception {
        String bake = "bake/%s/us-east-1".formatted(what.replace(' ', '-'));

        start(bake, input.toArray(String[]::new)).succeeded();
        CliAnswer result = temporal.cli("workflow", "result", "--workflow-id", bake);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("\"status\": \"FAILED\"", "\"type\": \"InvalidRecipe\"", "\"nonRetryable\": true")
                .contains("\"message\": \"" + message);
        assertThat(builders(bake)).isEmpty();
    }

    static Stream<Arguments> malformedInputs() {
        return Stream.of(
                Arguments.of("no input", List.of(), "input: this is empty where a mapping is expected"),
                Arguments.of("a text", List.of("--input", "\"web\""), "input: this is a text where a mapping"),
                Arguments.of("a list", List.of("--input", "[1]"), "input: this is a list where a mapping"),
                Arguments.of(
                        "an unknown key",
                        List.of("--input", "{\"name\": \"web\", \"colour\": \"red\"}"),
                        "/colour: unknown key \\\"colour\\\"; known here are name, region, account"));
    }

    private static boolean stepRunning(String bake, BakeStep step) throws InterruptedException {
        return stepsOf(bake).stream()
                .anyMatch(it -> it.path("step").asText().equals(step.name())
                        && it.path("state").asText().equals("RUNNING"));
    }

    /** Whose workers took the bake's workflow tasks, in their order: the SDK names a worker PID@HOST. */
    private static List<Long> pidsOfWorkers(String bake) throws InterruptedException {
        JsonNode history = temporal.cli("workflow", "show", "--workflow-id", bake)
                .succeeded()
                .json();
        return history.findValues("workflowTaskStartedEventAttributes").stream()
                .map(started -> started.path("identity").asText().split("@", 2)[0])
                .map(Long::valueOf)
                .toList();
    }

    /** As the query {@code progress} tells them to the temporal CLI; none before the first workflow task. */
    private static List<JsonNode> stepsOf(String bake) throws InterruptedException {
        CliAnswer progress = temporal.cli("workflow", "query", "--workflow-id", bake, "--type", "progress");
        List<JsonNode> steps = new ArrayList<>();
        progress.succeeded().json().path("queryResult").path(0).path("steps").forEach(steps::add);
        return steps;
    }

    private static JsonNode resultOf(String bake) throws InterruptedException {
        return temporal.cli("workflow", "result", "--workflow-id", bake)
                .succeeded()
                .json()
                .path("result");
    }

    /** Visibility is written behind the workflow: soon, but not at once. */
    private static void assertFoundBySearchAttributes(String bake, JsonNode result) {
        String query = "BakeryRecipe = 'started-by-cli' AND BakeryRegion = 'us-east-1' AND BakeryStep = '%s'"
                        .formatted(BakeStep.DELETE_OLD_IMAGES)
                + " AND BakeryImage = '%s' AND BakeryBuilder = '%s'"
                        .formatted(
                                result.path("image").asText(),
                                result.path("builder").asText());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(temporal.cli("workflow", "list", "--query", query)
                                .succeeded()
                                .output())
                        .contains(bake));
    }

    private static void assertShowsItsProgress(String bake) throws InterruptedException {
        CliAnswer metadata = temporal.cli("workflow", "metadata", "--workflow-id", bake);

        assertThat(stepsOf(bake))
                .extracting(step -> step.path("step").asText(), step -> step.path("state")
                        .asText())
                .containsExactlyElementsOf(Stream.of(BakeStep.values())
                        .map(step -> tuple(step.name(), "COMPLETED"))
                        .toList());
        assertThat(metadata.succeeded()
                        .json()
                        .path("queryResult")
                        .path(0)
                        .path("currentDetails")
                        .asText())
                .contains("**Bake of started-by-cli in us-east-1** completed in", "| 7 | create image | completed |");
    }

    private static String startBake(String recipe) throws Exception {
        Path input = rendered(recipe);
        String id = "bake/%s/us-east-1".formatted(recipe);
        start(id, "--input-file", input.toString()).succeeded();
        return id;
    }

    private static CliAnswer start(String id, String... input) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "workflow", "start", "--type", "BakeWorkflow", "--task-queue", "ami-bakery", "--workflow-id", id));
        arguments.addAll(List.of(input));
        return temporal.cli(arguments.toArray(String[]::new));
    }

    private static Path rendered(String recipe) throws IOException, InterruptedException {
        String source = Path.of("..", "recipes", "ubuntu-24.04.yaml").toString();
        try (RunningProcess render = Product.start(Map.of(), "render", source, "--set", "name=" + recipe)) {
            assertThat(render.exitCode()).as(render.output()).isZero();
            return Files.writeString(folder.resolve(recipe + ".json"), render.results());
        }
    }

    private static List<Image> images(String bake) {
        return ec2.describeImages(it -> it.owners("self").filters(madeBy(bake))).images();
    }

    private static List<Instance> builders(String bake) {
        return ec2.describeInstances(it -> it.filters(madeBy(bake))).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();
    }

    private static Filter madeBy(String bake) {
        return Filter.builder().name("tag:ami-bakery:bake").values(bake).build();
    }

    private static Map<String, String> tags(Image image) {
        Map<String, String> tags = new HashMap<>();
        image.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private static Ec2Client ec2() {
        return Ec2Client.builder()
                .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL")))
                .region(Region.of(environment.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .build();
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
