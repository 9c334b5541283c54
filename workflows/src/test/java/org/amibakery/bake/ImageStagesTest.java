package org.amibakery.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.failure.Reaction;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageStagesTest {
    private static final BakeRequest REQUEST =
            new BakeRequest(BakeryJson.mapper().createObjectNode());
    private static final Region IRELAND = new Region("eu-west-1");
    private static final Region TOKYO = new Region("ap-northeast-1");
    private static final StagePlan ALL = new StagePlan(
            Optional.of(Plans.aTest()),
            Optional.of(Duration.ofDays(90)),
            List.of("111122223333"),
            List.of(IRELAND, TOKYO),
            Optional.of("/images/web"));

    private final FakeAccount account = new FakeAccount();
    private final FakePublishing publishing = new FakePublishing(account);
    private final Plans plans = new Plans();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void runs_every_stage_around_the_eleven_steps() {
        plans.with(ALL);

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.stages()).extracting(StageReport::state).containsOnly(StepState.COMPLETED);
        assertThat(report.stages())
                .extracting(StageReport::stage)
                .startsWith("test", "deprecate", "share")
                .contains("copy to eu-west-1", "share in eu-west-1", "deprecate in ap-northeast-1")
                .endsWith("publish");
        assertThat(account.goodImages())
                .containsExactlyInAnyOrder(
                        new ImageId("ami-web-1"),
                        new ImageId("ami-web-1-eu-west-1"),
                        new ImageId("ami-web-1-ap-northeast-1"));
        assertThat(account.buildersAlive()).isEmpty();
        assertThat(publishing.calls()).last().isEqualTo("publish ami-web-1 as /images/web");
        assertThat(account.calls()).endsWith("delete old images");
    }

    @Test
    void tests_the_image_on_an_instance_of_its_own_before_it_counts() {
        plans.with(testing());

        bake();

        assertThat(account.calls())
                .containsSubsequence(
                        "await available",
                        "launch t3.medium in subnet-a",
                        "await online",
                        "test image",
                        "terminate i-1",
                        "await gone i-1",
                        "tag image",
                        "terminate i-0");
        assertThat(account.buildersEverLaunched()).isEqualTo(2);
    }

    @Test
    void discards_an_image_that_does_not_pass_its_test() {
        plans.with(testing());
        account.failsCommand("test image");

        ApplicationFailure failure = failureOf(start());

        assertThat(failure.getType()).isEqualTo("ImageTestFailed");
        assertThat(failure.getOriginalMessage())
                .isEqualTo("Bake web in us-east-1 stopped at step 8 of 11 (tag image): The new image ami-web-1 did not"
                        + " pass its test: It exited with 1. The builder i-0 is terminated; the unfinished image"
                        + " ami-web-1 is removed.");
        assertThat(account.images()).isEmpty();
        assertThat(account.goodImages()).isEmpty();
        assertThat(account.buildersAlive()).isEmpty();
        assertThat(failure.getDetails().get(BakeReport.class).stages())
                .containsExactly(new StageReport("test", StepState.FAILED, "It exited with 1."));
    }

    @Test
    void tests_on_the_next_candidate_when_one_has_no_capacity() {
        plans.with(testing());
        account.refusesToLaunch("t3.medium", Reaction.NEXT_CANDIDATE);

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.builder())
                .hasValueSatisfying(id -> assertThat(id.value()).isEqualTo("i-0"));
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void copies_to_the_other_regions_when_one_fails_and_discards_what_that_one_made() {
        plans.with(ALL);
        account.makesNoUsableImageIn(IRELAND);

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.warnings())
                .containsExactly("The image is good and stays, but stage \"copy to eu-west-1\" came to nothing:"
                        + " EC2 answered ImageFailed.");
        assertThat(account.images())
                .containsExactlyInAnyOrder(new ImageId("ami-web-1"), new ImageId("ami-web-1-ap-northeast-1"));
        assertThat(report.leaked()).isEmpty();
        assertThat(publishing.calls()).contains("publish ami-web-1 as /images/web");
    }

    @Test
    void discards_a_copy_whose_answer_was_lost() {
        plans.with(ALL);
        publishing.losesTheReplyTo("copy ami-web-1 to eu-west-1");

        BakeReport report = bake();

        assertThat(report.warnings()).singleElement().asString().contains("copy to eu-west-1", "The reply was lost.");
        assertThat(account.calls()).contains("discard image");
        assertThat(account.images())
                .containsExactlyInAnyOrder(new ImageId("ami-web-1"), new ImageId("ami-web-1-ap-northeast-1"));
    }

    @Test
    void looks_for_nothing_where_a_copy_was_refused_for_good() {
        plans.with(ALL);
        publishing.refuses("copy ami-web-1 to eu-west-1", "SnapshotLimitExceeded");

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(account.calls()).doesNotContain("discard image");
    }

    @Test
    void completes_with_a_warning_when_the_parameter_cannot_be_written() {
        plans.with(ALL);
        publishing.refuses("publish ami-web-1 as /images/web", "AccessDeniedException");

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.stages())
                .contains(new StageReport("publish", StepState.FAILED, "EC2 answered AccessDeniedException."));
        assertThat(report.warnings()).singleElement().asString().contains("stage \"publish\"");
        assertThat(account.goodImages()).contains(new ImageId("ami-web-1"));
    }

    @Test
    void does_not_publish_what_its_readers_could_not_launch() {
        plans.with(ALL);
        publishing.refuses("share ami-web-1 with 111122223333", "OperationNotPermitted");

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(publishing.calls()).noneMatch(call -> call.startsWith("publish"));
        assertThat(report.warnings())
                .contains("Parameter /images/web names the image before it: not all who read it could launch"
                        + " ami-web-1.");
    }

    @Test
    void discards_nothing_of_somebody_else_when_the_images_name_is_refused() {
        account.failsAt(BakeStep.CREATE_IMAGE, "NameTaken");

        ApplicationFailure failure = failureOf(start());

        assertThat(failure.getType()).isEqualTo("NameTaken");
        assertThat(failure.getDetails().get(BakeReport.class).leaked()).isEmpty();
        assertThat(account.calls()).doesNotContain("discard image");
    }

    private static StagePlan testing() {
        return new StagePlan(Optional.of(Plans.aTest()), Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    private BakeReport bake() {
        return start().getResult(BakeReport.class);
    }

    private WorkflowStub start() {
        var worker = temporal.newWorker(BakeWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(BakeWorkflowImpl.class);
        worker.registerActivitiesImplementations(account, publishing, plans);
        temporal.newWorker(BakeWorkflow.LAUNCH_TASK_QUEUE).registerActivitiesImplementations(account);
        temporal.start();
        WorkflowStub stub = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(BakeWorkflow.id("web", "us-east-1"))
                                .build());
        stub.start(REQUEST);
        return stub;
    }

    private static ApplicationFailure failureOf(WorkflowStub bake) {
        WorkflowFailedException failure =
                catchThrowableOfType(WorkflowFailedException.class, () -> bake.getResult(BakeReport.class));
        return (ApplicationFailure) failure.getCause();
    }
}
