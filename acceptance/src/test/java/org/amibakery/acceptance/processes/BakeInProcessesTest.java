package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
    private static final int SPEED = 60;

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

        JsonNode result = temporal.cli("workflow", "result", "--workflow-id", bake)
                .succeeded()
                .json()
                .path("result");

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
        CliAnswer progress = temporal.cli("workflow", "query", "--workflow-id", bake, "--type", "progress");
        CliAnswer metadata = temporal.cli("workflow", "metadata", "--workflow-id", bake);

        JsonNode steps = progress.succeeded().json().path("queryResult").path(0).path("steps");
        assertThat(steps.findValuesAsText("step"))
                .containsExactlyElementsOf(
                        Stream.of(BakeStep.values()).map(BakeStep::name).toList());
        assertThat(steps.findValuesAsText("state")).containsOnly("COMPLETED");
        assertThat(metadata.succeeded().output()).contains("create image", "find foundation image");
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
            assertThat(render.exitCode()).as(render.wholeOutput()).isZero();
            return Files.writeString(folder.resolve(recipe + ".json"), render.wholeOutput());
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
