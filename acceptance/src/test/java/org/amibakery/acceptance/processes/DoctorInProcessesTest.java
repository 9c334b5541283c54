package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.schedules.ScheduleClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.schedule.ReaperSchedule;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.temporal.TemporalConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The doctor at a real Temporal server that has just been set up. */
class DoctorInProcessesTest {
    private TemporalDevServer temporal;
    private Simulator simulator;
    private AwsClients aws;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void open() throws InterruptedException {
        temporal = TemporalDevServer.requireWithoutSearchAttributes();
        simulator = Simulator.start(SimulatorOptions.forTests());
        aws = SimulatedInstallation.clients(simulator);
        SimulatedInstallation.install(simulator, aws);
        environment.putAll(SimulatedInstallation.variables(simulator));
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("TEMPORAL_ADDRESS", temporal.address());
    }

    @AfterEach
    void close() {
        if (aws != null) {
            aws.close();
            simulator.close();
            temporal.close();
        }
    }

    @Test
    void mends_what_can_be_mended_and_says_what_is_left() throws Exception {
        List<JsonNode> before = findings(0);
        assertThat(before)
                .filteredOn(finding -> finding.path("verdict").asText().equals("warning"))
                .extracting(finding -> finding.path("subject").asText())
                .containsExactly("workers", "search attributes", "reaper");
        assertThat(before)
                .extracting(finding -> finding.path("found").asText())
                .contains(
                        "BakeryRecipe, BakeryStep, BakeryRegion, BakeryImage, BakeryBuilder are not registered, so bakes"
                                + " leave them out and cannot be found by them.",
                        "There is no schedule reaper/ami-bakery, so what a terminated bake leaves stays until it expires.");

        try (RunningProcess mending = Product.start(environment, "doctor", "--fix")) {
            assertThat(mending.exitCode()).as(mending.output()).isZero();
            assertThat(mending.output())
                    .contains("Registered the search attribute BakeryBuilder.")
                    .contains("Installed the reaper of stack ami-bakery.")
                    .contains("  warning  workers: Nobody polls the task queue ami-bakery, so bakes wait.");
        }

        try (RunningProcess worker = Product.worker(environment)) {
            assertThat(findings(0))
                    .filteredOn(finding -> finding.path("verdict").asText().equals("warning"))
                    .isEmpty();
            assertThat(worker.output())
                    .contains("searchAttributes=[BakeryRecipe, BakeryStep, BakeryRegion, BakeryImage, BakeryBuilder]");
        }
    }

    @Test
    void a_bake_works_where_no_search_attribute_is_registered() throws Exception {
        String recipe = Path.of("..", "recipes", "ubuntu-24.04.yaml").toString();

        try (RunningProcess worker = Product.worker(environment);
                RunningProcess bake = Product.start(environment, "bake", recipe, "--follow")) {
            assertThat(bake.exitCode()).as(bake.output()).isZero();
            assertThat(worker.output()).contains("searchAttributes=[]");
        }
    }

    @Test
    void tells_that_the_namespace_is_not_there() throws Exception {
        environment.put("TEMPORAL_NAMESPACE", "nowhere");

        assertThat(findings(3)).anySatisfy(finding -> {
            assertThat(finding.path("verdict").asText()).isEqualTo("broken");
            assertThat(finding.path("found").asText()).isEqualTo("There is no namespace nowhere.");
            assertThat(finding.path("remedy").asText())
                    .contains("temporal operator namespace create --namespace nowhere");
        });
    }

    @Test
    void tells_that_the_reaper_is_paused() throws Exception {
        try (TemporalConnection connection = TemporalConnection.open(environment)) {
            assertThat(new ReaperSchedule(connection).install("ami-bakery")).isEqualTo(ReaperSchedule.Installed.NEW);
            ScheduleClient.newInstance(connection.service())
                    .getHandle("reaper/ami-bakery")
                    .pause("for a test");
        }

        assertThat(findings(0)).anySatisfy(finding -> {
            assertThat(finding.path("verdict").asText()).isEqualTo("warning");
            assertThat(finding.path("found").asText()).contains("The schedule reaper/ami-bakery is paused");
            assertThat(finding.path("remedy").asText())
                    .contains("temporal schedule toggle --unpause", "--schedule-id reaper/ami-bakery");
        });
    }

    @Test
    void ends_with_3_when_bakes_would_fail() throws Exception {
        aws.ssm(new Region("us-east-1")).deleteDocument(ask -> ask.name("ami-bakery-debian-scrub"));

        try (RunningProcess doctor = Product.start(environment, "doctor")) {
            assertThat(doctor.exitCode()).isEqualTo(3);
            assertThat(doctor.results())
                    .contains("  broken   document: There is no ami-bakery-debian-scrub in us-east-1.\n"
                            + "           Deploy the stack of this version: docs/install.md.")
                    .containsPattern("\\d+ good, 3 warnings, 1 untried, 1 broken");
        }
    }

    @Test
    void examines_aws_although_temporal_is_away() throws Exception {
        environment.put("TEMPORAL_ADDRESS", "127.0.0.1:1");

        assertThat(findings(3))
                .anySatisfy(finding -> {
                    assertThat(finding.path("part").asText()).isEqualTo("Temporal");
                    assertThat(finding.path("verdict").asText()).isEqualTo("broken");
                    assertThat(finding.path("found").asText()).contains("Temporal at 127.0.0.1:1 does not answer");
                })
                .anySatisfy(
                        finding -> assertThat(finding.path("found").asText()).contains("A builder may be launched"));
    }

    @Test
    void says_what_the_configuration_lacks() throws Exception {
        environment.put("BAKERY_STACK", "unknown");

        assertThat(findings(3)).anySatisfy(finding -> {
            assertThat(finding.path("part").asText()).isEqualTo("Configuration");
            assertThat(finding.path("found").asText()).contains("there is no SSM parameter /ami-bakery/unknown/config");
        });
    }

    private List<JsonNode> findings(int exitCode) throws Exception {
        try (RunningProcess doctor = Product.start(environment, "doctor", "--output", "json")) {
            assertThat(doctor.exitCode()).as(doctor.output()).isEqualTo(exitCode);
            return StreamSupport.stream(
                            new ObjectMapper()
                                    .readTree(doctor.results())
                                    .path("findings")
                                    .spliterator(),
                            false)
                    .toList();
        }
    }
}
