package org.amibakery.acceptance.secondopinion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.amibakery.acceptance.processes.Lane;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.StageReport;
import org.amibakery.bake.StepReport;
import org.amibakery.bake.StepState;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The worker as a process against moto, so that our own simulator is not the only judge of its calls. What moto lacks is
 * answered by a shim, and counted.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_PROGRAMS)
class SecondOpinionTest {
    private static final Region HOME = new Region("us-east-1");
    private static final Region IRELAND = new Region("eu-west-1");
    private static final String PARAMETER = "/ami-bakery/images/second-opinion";

    /** Those of docs/second-opinion.md. Fewer is better; one more needs a line there. */
    private static final Set<String> SHIM = Set.of(
            "ssm:DescribeInstanceInformation",
            "lambda:Invoke",
            "ec2:CreateImage",
            "ec2:CopyImage",
            "ec2:DeregisterImage",
            "ec2:EnableImageDeprecation",
            "ec2:DescribeImages",
            "ec2:DescribeImageAttribute",
            "ec2:DescribeImageReferences");

    private MotoBakery bakery;

    @BeforeEach
    void open() throws Exception {
        bakery = MotoBakery.require();
    }

    @AfterEach
    void close() {
        if (bakery != null) { // skipped
            bakery.close();
        }
    }

    @Test
    void moto_lets_a_recipe_be_baked_twice_with_all_stages_and_the_older_image_be_deleted() {
        BakeReport first = start("twice").getResult(BakeReport.class);
        BakeReport second = start("twice").getResult(BakeReport.class);

        assertBaked(first);
        assertBaked(second);
        assertThat(second.deleted())
                .extracting(ImageVerdict::id)
                .containsExactly(first.image().orElseThrow());
        assertThat(images(HOME)).singleElement().satisfies(image -> {
            assertThat(image.imageId()).isEqualTo(second.image().orElseThrow().value());
            assertThat(tags(image.tags()))
                    .containsEntry("ami-bakery:state", "good")
                    .containsEntry("team", "platform")
                    .doesNotContainKey("ami-bakery:expires");
        });
        assertThat(images(IRELAND)).hasSize(2); // the copies are the retention's of their own region
        assertThat(snapshots(HOME)).hasSize(1);
        assertThat(instances()).hasSize(4).allMatch(SecondOpinionTest::isTerminated);
        assertThat(ec2(HOME).describeVolumes(ask -> {}).volumes()).noneMatch(volume -> volume.hasTags());
        assertThat(bakery.aws()
                        .ssm(HOME)
                        .getParameter(get -> get.name(PARAMETER))
                        .parameter()
                        .value())
                .isEqualTo(second.image().orElseThrow().value());
        assertThat(bakery.shim().stoodIn().keySet())
                .as(bakery.shim().toString())
                .isEqualTo(SHIM);
    }

    @Test
    void moto_shows_no_builder_after_a_bake_was_canceled() {
        bakery.standIns().agentsStayAway();
        WorkflowStub bake = start("canceled");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bakery.shim().stoodIn().containsKey("ssm:DescribeInstanceInformation"));

        bake.cancel();

        assertThatThrownBy(() -> bake.getResult(BakeReport.class))
                .as(() -> bakery.shim() + bakery.log())
                .isInstanceOf(WorkflowFailedException.class);
        assertThat(instances()).singleElement().matches(SecondOpinionTest::isTerminated);
        assertThat(images(HOME)).isEmpty();
        assertThat(snapshots(HOME)).isEmpty();
    }

    private static void assertBaked(BakeReport report) {
        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.leaked()).isEmpty();
        assertThat(report.steps()).extracting(StepReport::step).containsExactly(BakeStep.values());
        assertThat(report.steps()).extracting(StepReport::state).containsOnly(StepState.COMPLETED);
        assertThat(report.stages()).extracting(StageReport::state).containsOnly(StepState.COMPLETED);
    }

    private WorkflowStub start(String family) {
        WorkflowStub bake = bakery.temporal()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(BakeWorkflow.id(family, HOME.name()))
                                .build());
        bake.start(new BakeRequest(recipe(family)));
        return bake;
    }

    private static ObjectNode recipe(String family) {
        ObjectNode recipe = new RecipeReader()
                .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
                .json()
                .deepCopy();
        recipe.put("name", family);
        recipe.putObject("retention").put("olderThan", "30d").put("keepAtLeast", 1);
        ObjectNode image = recipe.withObject("/image")
                .put("encrypt", false)
                .put("deprecateAfter", "90d")
                .put("parameter", PARAMETER);
        image.putArray("shareWith").add("111122223333");
        image.putArray("copyTo").add(IRELAND.name());
        image.putObject("test").put("command", "ansible --version");
        return recipe;
    }

    private Ec2Client ec2(Region region) {
        return bakery.aws().ec2(region);
    }

    private List<Image> images(Region region) {
        return ec2(region).describeImages(ask -> ask.owners("self")).images();
    }

    private List<Snapshot> snapshots(Region region) {
        return ec2(region)
                .describeSnapshots(ask -> ask.ownerIds("self")
                        .filters(Filter.builder()
                                .name("tag-key")
                                .values("ami-bakery:stack")
                                .build()))
                .snapshots();
    }

    private List<Instance> instances() {
        return ec2(HOME).describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();
    }

    private static boolean isTerminated(Instance instance) {
        return instance.state().name() == InstanceStateName.TERMINATED;
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }
}
