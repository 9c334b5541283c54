package org.amibakery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.StageReport;
import org.amibakery.bake.StepState;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.Call;
import org.amibakery.temporal.EmbeddedTemporal;
import org.amibakery.worker.BakeryWorker;
import org.amibakery.worker.WorkerCapacity;
import org.amibakery.worker.WorkerMetrics;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ssm.model.Parameter;

class ImageStagesEndToEndTest {
    private static final String FRIEND = "111122223333";
    private static final String PARAMETER = "/ami-bakery/images/staged";
    private static final Region HOME = new Region("us-east-1");
    private static final Region IRELAND = new Region("eu-west-1");
    private static final Region TOKYO = new Region("ap-northeast-1");

    @Test
    void tests_deprecates_shares_copies_and_publishes_an_image_and_leaves_nothing_else() {
        try (EmbeddedTemporal temporal = EmbeddedTemporal.start();
                Simulator simulator =
                        Simulator.start(SimulatorOptions.defaults().withSpeed(100));
                AwsClients aws = SimulatedInstallation.clients(simulator);
                WorkerMetrics metrics = new WorkerMetrics();
                BakeryWorker worker = BakeryWorker.start(
                        temporal.connection(),
                        aws,
                        SimulatedInstallation.install(simulator, aws),
                        WorkerCapacity.DEFAULT,
                        metrics)) {
            assertThat(worker.polls()).isTrue();

            BakeReport report = bake(temporal);

            assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
            assertThat(report.warnings()).isEmpty();
            assertThat(report.stages())
                    .hasSize(10)
                    .extracting(StageReport::state)
                    .containsOnly(StepState.COMPLETED);
            assertThat(simulator.ledger().leaked()).isEmpty();
            assertThat(simulator.ledger().buildersEverLaunched()).hasSize(2);
            assertThat(simulator.calls().all())
                    .extracting(Call::operation)
                    .contains("RunInstances")
                    .noneMatch(
                            operation -> operation.matches(".*(KeyPair|SecurityGroup|Role|InstanceProfile|Policy).*"));
            List.of(HOME, IRELAND, TOKYO).forEach(region -> assertUsable(aws, region));
            Parameter parameter =
                    aws.ssm(HOME).getParameter(get -> get.name(PARAMETER)).parameter();
            assertThat(parameter.value()).isEqualTo(report.image().orElseThrow().value());
        }
    }

    private static void assertUsable(AwsClients aws, Region region) {
        List<Image> images = aws.ec2(region)
                .describeImages(request -> request.owners("self"))
                .images();
        assertThat(images).singleElement().satisfies(image -> {
            assertThat(image.imdsSupportAsString()).isEqualTo("v2.0");
            assertThat(image.tags())
                    .contains(
                            Tag.builder().key("ami-bakery:state").value("good").build())
                    .extracting(Tag::key)
                    .contains("ami-bakery:foundation")
                    .doesNotContain("ami-bakery:expires");
            assertThat(Instant.parse(image.deprecationTime())) // EC2 rounds to the minute
                    .isCloseTo(
                            Instant.parse(image.creationDate()).plus(Duration.ofDays(90)),
                            within(30, ChronoUnit.SECONDS));
            assertThat(aws.ec2(region)
                            .describeImageAttribute(request ->
                                    request.imageId(image.imageId()).attribute(ImageAttributeName.LAUNCH_PERMISSION))
                            .launchPermissions())
                    .extracting(LaunchPermission::userId)
                    .containsExactly(FRIEND);
        });
    }

    private static BakeReport bake(EmbeddedTemporal temporal) {
        WorkflowStub bake = temporal.connection()
                .client()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(BakeWorkflow.id("staged", HOME.name()))
                                .build());
        bake.start(new BakeRequest(recipe()));
        return bake.getResult(BakeReport.class);
    }

    private static ObjectNode recipe() {
        ObjectNode recipe = new RecipeReader()
                .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
                .json()
                .deepCopy();
        recipe.put("name", "staged");
        ObjectNode image = recipe.putObject("image")
                .put("encrypt", false)
                .put("deprecateAfter", "90d")
                .put("parameter", PARAMETER);
        image.putArray("shareWith").add(FRIEND);
        image.putArray("copyTo").add(IRELAND.name()).add(TOKYO.name());
        image.putObject("test").put("command", "ansible --version");
        return recipe;
    }
}
