package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.amibakery.acceptance.processes.Product;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.StepReport;
import org.amibakery.bake.StepState;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sandbox.Disk;
import org.amibakery.simulator.sandbox.Machine;
import org.amibakery.simulator.sandbox.Sandbox;
import org.amibakery.temporal.TemporalConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole product at work: a real worker and a real Temporal server bake the sample recipe of Debian, on a builder that
 * really runs the documents, from Debian's own mirrors, with real Ansible.
 */
@OnRealMachines
class SandboxBakeTest {
    private static final String RECIPE = "debian-12-base";
    private static final Region HOME = new Region("us-east-1");
    private static final Duration LONG = Duration.ofMinutes(8);

    @Test
    @Timeout(value = 12, unit = TimeUnit.MINUTES) // on a busy computer; on an idle one it is about a minute
    void the_image_has_the_packages_and_the_playbooks_effect_and_nothing_of_its_builder() throws Exception {
        Sandbox sandbox = RealDebian.require();
        SimulatorOptions options = SimulatorOptions.defaults().withSpeed(60).withSandbox(RealDebian.folder());
        try (TemporalDevServer temporal = TemporalDevServer.require();
                Simulator aws = Simulator.start(options);
                AwsClients clients = SimulatedInstallation.clients(aws)) {
            SimulatedInstallation.install(aws, clients);
            Map<String, String> environment = new HashMap<>(SimulatedInstallation.variables(aws));
            environment.put("TEMPORAL_ADDRESS", temporal.address());
            environment.put("AWS_EC2_METADATA_DISABLED", "true");

            BakeReport report;
            try (RunningProcess worker = Product.worker(environment);
                    TemporalConnection connection = TemporalConnection.open(environment)) {
                report = bake(connection, worker);
            }

            assertThat(report.state()).as(report.toString()).isEqualTo(BakeState.COMPLETED);
            assertThat(report.warnings()).isEmpty();
            assertThat(report.steps()).extracting(StepReport::state).containsOnly(StepState.COMPLETED);
            assertThat(aws.ledger().leaked()).isEmpty();
            String builder = report.builder().orElseThrow().value();
            assertThat(aws.machineOf(builder)).as("the builder's machine").isEmpty();
            String image = report.image().orElseThrow().value();
            Disk disk = aws.diskOf(image).orElseThrow();
            try (Machine mounted = sandbox.machine(disk)) {
                assertBaked(mounted, new Residue(mounted, disk.layers().get(0)), aws, builder, image);
            }
        }
    }

    private static void assertBaked(Machine image, Residue residue, Simulator aws, String builder, String imageId)
            throws IOException {
        for (String program : List.of("usr/bin/aws", "usr/bin/ansible-playbook", "usr/bin/jq")) {
            assertThat(image.file(program)).exists();
        }
        assertThat(Files.readString(image.file("etc/timezone"))).isEqualTo("Etc/UTC\n");
        assertThat(Files.readString(image.file("etc/ami-bakery-release"))).contains("DISTRIBUTION=Debian\n");
        assertThat(image.file("etc/motd.d/50-ami-bakery")).exists();
        assertThat(Files.readString(image.file("etc/sysctl.d/90-ami-bakery.conf")))
                .contains("kernel.kptr_restrict = 2\n");
        assertThat(residue.strangeFiles())
                .containsExactlyInAnyOrder(
                        "etc/ami-bakery-release", "etc/motd.d/50-ami-bakery", "etc/sysctl.d/90-ami-bakery.conf");
        assertThat(residue.filesSpeakingOf(
                        builder,
                        imageId,
                        "bake/" + RECIPE,
                        "ami-bakery-self-destruct",
                        aws.credentials().id(),
                        aws.credentials().secret(),
                        aws.endpoint().toString()))
                .isEmpty();
    }

    private static BakeReport bake(TemporalConnection connection, RunningProcess worker) {
        WorkflowStub bake = connection
                .client()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(BakeWorkflow.id(RECIPE, HOME.name()))
                                .build());
        bake.start(new BakeRequest(new RecipeReader()
                .read(Path.of("..", "recipes", "debian-12.yaml"))
                .json()));
        try {
            return bake.getResult(LONG.toSeconds(), TimeUnit.SECONDS, BakeReport.class);
        } catch (TimeoutException | WorkflowFailedException failed) {
            throw new AssertionError(
                    "The bake did not end well; the worker said:%n%s".formatted(worker.output()), failed);
        }
    }
}
