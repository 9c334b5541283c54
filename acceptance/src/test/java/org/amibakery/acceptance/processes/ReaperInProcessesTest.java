package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** The reaper as an installation has it: on a schedule of a real Temporal server, about terminated and reset bakes. */
@TestMethodOrder(OrderAnnotation.class)
class ReaperInProcessesTest {
    /** A bake lasts long enough to be terminated and reset half-way. */
    private static final int SPEED = 20;

    private static final String SCHEDULE = "reaper/ami-bakery";

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
                .forEach(ReaperInProcessesTest::close);
    }

    @Test
    @Order(1)
    void the_schedule_is_there_once_a_worker_has_started() throws Exception {
        JsonNode schedule = schedule();

        assertThat(schedule.at("/spec/interval/0/interval").asText()).isEqualTo("900s");
        assertThat(schedule.at("/spec/jitter").asText()).isEqualTo("60s");
        assertThat(schedule.at("/policies/overlapPolicy").asText()).isEqualTo("SCHEDULE_OVERLAP_POLICY_SKIP");
        assertThat(schedule.at("/policies/catchupWindow").asText()).isEqualTo("3600s");
        assertThat(schedule.at("/state/notes").asText())
                .startsWith("AMI Bakery: removes what bakes of stack ami-bakery left behind");
        assertThat(schedule.at("/action/startWorkflow/workflowType/name").asText())
                .isEqualTo("ReaperWorkflow");
        assertThat(schedule.at("/action/startWorkflow/workflowId").asText()).isEqualTo(SCHEDULE);
    }

    @Test
    @Order(2)
    void another_worker_leaves_the_schedule_as_an_operator_made_it() throws Exception {
        temporal.cli("schedule", "toggle", "--schedule-id", SCHEDULE, "--pause", "--reason", "by a test")
                .succeeded();

        try (RunningProcess another = Product.worker(environment)) {
            another.awaitLine("The reaper has its schedule. id=reaper/ami-bakery installed=AS_IT_WAS");
        }

        assertThat(schedule().at("/state/paused").asBoolean()).isTrue();
        temporal.cli("schedule", "toggle", "--schedule-id", SCHEDULE, "--unpause", "--reason", "by a test")
                .succeeded();
    }

    @Test
    @Order(3)
    void the_schedule_removes_the_builder_of_a_terminated_bake_and_spares_that_of_a_reset_one() throws Exception {
        looksAgainAfterAMoment();
        String dead = startBake("dead");
        String reset = startBake("reset");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> alive(dead).size() == 1 && alive(reset).size() == 1);
        temporal.cli("workflow", "terminate", "--workflow-id", dead, "--reason", "by a test")
                .succeeded();
        temporal.cli("workflow", "terminate", "--workflow-id", reset, "--reason", "by a test")
                .succeeded();
        temporal.cli("workflow", "reset", "--workflow-id", reset, "--type", "LastWorkflowTask", "--reason", "by a test")
                .succeeded();

        // a run that the clock has started meanwhile must not make the server skip this one
        temporal.cli("schedule", "trigger", "--schedule-id", SCHEDULE, "--overlap-policy", "BufferOne")
                .succeeded();

        await().atMost(Duration.ofSeconds(60)).until(() -> alive(dead).isEmpty());
        assertThat(reports()).anySatisfy(report -> {
            assertThat(report.path("removed").findValuesAsText("bake")).containsExactly(dead);
            assertThat(report.path("kept").findValuesAsText("reason")).contains("belongs to " + reset + ", which runs");
        });
        assertThat(temporal.cli("workflow", "result", "--workflow-id", reset)
                        .succeeded()
                        .json()
                        .path("result")
                        .path("state")
                        .asText())
                .isEqualTo("COMPLETED");
        assertThat(builders(reset)).hasSize(1);
        assertThat(alive(reset)).isEmpty();
    }

    @Test
    @Order(4)
    void the_products_own_command_finds_nothing_more_to_remove() throws Exception {
        try (RunningProcess plan = Product.start(environment, "reaper", "plan", "--output", "json")) {
            assertThat(plan.exitCode()).as(plan.output()).isZero();

            JsonNode report = new ObjectMapper().readTree(plan.results());
            assertThat(report.path("mode").asText()).isEqualTo("plan");
            assertThat(report.path("orphans")).isEmpty();
            assertThat(report.path("regions").path(0).asText()).isEqualTo("us-east-1");
        }
    }

    /** As an operator may: who updates a schedule by the temporal CLI tells all of it. */
    private static void looksAgainAfterAMoment() throws InterruptedException {
        temporal.cli(
                        "schedule",
                        "update",
                        "--schedule-id",
                        SCHEDULE,
                        "--interval",
                        "15m",
                        "--overlap-policy",
                        "Skip",
                        "--workflow-id",
                        SCHEDULE,
                        "--type",
                        "ReaperWorkflow",
                        "--task-queue",
                        "ami-bakery",
                        "--input",
                        "{\"mode\": \"REMOVE\", \"settle\": \"PT2S\"}")
                .succeeded();
    }

    /** What the runs of the schedule came to; their ids are the schedule's with the time behind it. */
    private static List<JsonNode> reports() throws InterruptedException {
        JsonNode runs = temporal.cli("workflow", "list", "--query", "WorkflowType = 'ReaperWorkflow'")
                .succeeded()
                .json();
        List<JsonNode> reports = new ArrayList<>();
        for (JsonNode run : runs) {
            String id = run.path("execution").path("workflowId").asText();
            reports.add(temporal.cli("workflow", "result", "--workflow-id", id)
                    .succeeded()
                    .json()
                    .path("result"));
        }
        return reports;
    }

    private static JsonNode schedule() throws InterruptedException {
        return temporal.cli("schedule", "describe", "--schedule-id", SCHEDULE)
                .succeeded()
                .json()
                .path("schedule");
    }

    private static String startBake(String recipe) throws Exception {
        String id = "bake/%s/us-east-1".formatted(recipe);
        temporal.cli(
                        "workflow",
                        "start",
                        "--type",
                        "BakeWorkflow",
                        "--task-queue",
                        "ami-bakery",
                        "--workflow-id",
                        id,
                        "--input-file",
                        rendered(recipe).toString())
                .succeeded();
        return id;
    }

    private static Path rendered(String recipe) throws IOException, InterruptedException {
        String source = Path.of("..", "recipes", "amazon-linux-2023.yaml").toString();
        try (RunningProcess render = Product.start(Map.of(), "render", source, "--set", "name=" + recipe)) {
            assertThat(render.exitCode()).as(render.output()).isZero();
            return Files.writeString(folder.resolve(recipe + ".json"), render.results());
        }
    }

    private static List<Instance> alive(String bake) {
        return builders(bake).stream()
                .filter(builder -> !builder.state().nameAsString().equals("terminated"))
                .toList();
    }

    private static List<Instance> builders(String bake) {
        return ec2
                .describeInstances(ask -> ask.filters(Filter.builder()
                        .name("tag:ami-bakery:bake")
                        .values(bake)
                        .build()))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();
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
