package org.amibakery.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.amibakery.command.RunCommand;
import org.amibakery.failure.Reaction;
import org.amibakery.notification.FakeMailbox;
import org.amibakery.notification.Notification;
import org.amibakery.recipe.ImageId;
import org.amibakery.retention.RetentionReport;
import org.amibakery.retention.RetentionReport.WithdrawalStep;
import org.amibakery.retention.RetentionReport.WithdrawnImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class BakeWorkflowTest {
    private static final BakeRequest REQUEST =
            new BakeRequest(BakeryJson.mapper().createObjectNode());

    /** Steps whose first activity runs to its end, whatever happens. */
    private static final Set<BakeStep> NOT_CANCELABLE = EnumSet.of(
            BakeStep.LAUNCH_BUILDER,
            BakeStep.CREATE_IMAGE,
            BakeStep.TAG_IMAGE,
            BakeStep.TERMINATE_BUILDER,
            BakeStep.CONFIRM_TERMINATION);

    private final FakeAccount account = new FakeAccount();
    private final Plans plans = new Plans();
    private final FakeMailbox mailbox = new FakeMailbox();
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
    void bakes_in_eleven_steps() {
        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.steps()).extracting(StepReport::step).containsExactly(BakeStep.values());
        assertThat(report.steps()).extracting(StepReport::state).containsOnly(StepState.COMPLETED);
        assertThat(report.image()).contains(new ImageId("ami-web-1"));
        assertThat(report.deleted()).extracting(verdict -> verdict.id().value()).containsExactly("ami-old");
        assertThat(account.goodImages()).containsExactly(new ImageId("ami-web-1"));
        assertThat(account.buildersAlive()).isEmpty();
        assertThat(account.calls())
                .containsExactly(
                        "find foundation image",
                        "launch t3.medium in subnet-a",
                        "await running",
                        "await online",
                        "verify agent",
                        "update packages",
                        "install packages",
                        "run playbook",
                        "scrub",
                        "stop",
                        "create image",
                        "await available",
                        "tag image",
                        "terminate i-0",
                        "await gone i-0",
                        "delete old images");
    }

    @Test
    void finds_the_foundation_image_by_a_local_activity() {
        bake();
        assertThat(scheduledActivities()).doesNotContain("Foundation.Find").contains("Builder.Launch");
    }

    @Test
    void finds_the_foundation_image_with_patience_where_aws_does_not_answer_at_once() {
        account.isThrottledAt(BakeStep.FIND_FOUNDATION_IMAGE);

        assertThat(failureOf(start()).getType()).isEqualTo("RequestLimitExceeded");

        assertThat(scheduledActivities()).contains("Foundation.Find");
        assertThat(account.calls()).as("for a quarter of an hour").hasSizeGreaterThan(30);
    }

    @Test
    void a_bake_that_was_planned_by_an_earlier_release_goes_on_as_it_began() {
        plans.ofRevision(0);
        bake();
        assertThat(scheduledActivities()).contains("Foundation.Find");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TERMINATE_BUILDER", "CONFIRM_TERMINATION", "DELETE_OLD_IMAGES"})
    void leaves_nothing_behind_when_a_step_fails(BakeStep step) {
        account.failsAt(step, "SnapshotLimitExceeded");

        ApplicationFailure failure = failureOf(start());

        assertThat(failure.getType()).isEqualTo("SnapshotLimitExceeded");
        assertThat(failure.getOriginalMessage())
                .startsWith("Bake web in us-east-1 stopped at step %d of 11 (%s): EC2 answered SnapshotLimitExceeded."
                        .formatted(step.number(), step.words()));
        assertThat(failure.getDetails().get(BakeReport.class).leaked()).isEmpty();
        assertThat(account.buildersAlive()).isEmpty();
        assertThat(account.images()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TERMINATE_BUILDER", "CONFIRM_TERMINATION"})
    void tries_the_termination_again_until_the_builder_is_gone(BakeStep step) {
        account.whenReaching(step, () -> {
            throw new IllegalStateException("EC2 is away");
        });

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void completes_with_a_warning_when_old_images_cannot_be_deleted() {
        account.failsAt(BakeStep.DELETE_OLD_IMAGES, "AccessDeniedException");

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.warnings())
                .containsExactly("Old images of web were not deleted: EC2 answered AccessDeniedException."
                        + " The next window tries again.");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {
                "FIND_FOUNDATION_IMAGE",
                "LAUNCH_BUILDER",
                "VERIFY_AGENT",
                "UPDATE_PACKAGES",
                "INSTALL_PACKAGES",
                "RUN_PLAYBOOKS",
                "CREATE_IMAGE"
            })
    void leaves_nothing_behind_when_canceled_before_the_image_is_good(BakeStep step) {
        WorkflowStub bake = startAndCancelAt(step);

        WorkflowException failure =
                catchThrowableOfType(WorkflowFailedException.class, () -> bake.getResult(BakeReport.class));

        assertThat(failure).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(account.buildersAlive()).isEmpty();
        assertThat(account.images()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TAG_IMAGE", "TERMINATE_BUILDER", "CONFIRM_TERMINATION", "DELETE_OLD_IMAGES"})
    void keeps_the_good_image_and_ends_the_builder_when_canceled_later(BakeStep step) {
        WorkflowStub bake = startAndCancelAt(step);

        assertThatThrownBy(() -> bake.getResult(BakeReport.class)).hasCauseInstanceOf(CanceledFailure.class);
        BakeReport report = bake.query("progress", BakeReport.class);
        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(account.buildersAlive()).isEmpty();
        assertThat(account.goodImages()).containsExactly(new ImageId("ami-web-1"));
        assertThat(report.warnings()).singleElement().asString().contains("It was canceled.");
    }

    @Test
    void launches_from_the_next_candidate_when_one_has_no_capacity() {
        account.refusesToLaunch("t3.medium", Reaction.NEXT_CANDIDATE);

        BakeReport report = bake();

        assertThat(account.calls()).contains("launch t3.medium in subnet-a", "launch m5.large in subnet-a");
        assertThat(report.steps().get(1).attempts()).isEqualTo(2);
        assertThat(report.steps().get(1).detail()).isEqualTo("i-0 m5.large in subnet-a");
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void fails_with_the_last_candidates_reason_when_none_has_capacity() {
        account.refusesToLaunch("t3.medium", Reaction.NEXT_CANDIDATE);
        account.refusesToLaunch("m5.large", Reaction.NEXT_CANDIDATE);

        ApplicationFailure failure = failureOf(start());

        assertThat(failure.getOriginalMessage())
                .isEqualTo("Bake web in us-east-1 stopped at step 2 of 11 (launch builder): EC2 answered Refused."
                        + " No builder was launched; no image was made.");
        assertThat(account.calls())
                .filteredOn(call -> call.startsWith("launch"))
                .hasSize(3);
        assertThat(account.calls()).doesNotContain("find builder");
    }

    @Test
    void launches_once_more_when_a_builder_dies_of_ec2s_own_doing() {
        account.refusesToLaunch("t3.medium", Reaction.RELAUNCH);

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(account.buildersEverLaunched()).isEqualTo(2);
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void finds_and_terminates_a_builder_whose_launch_lost_its_reply() {
        account.losesLaunchReplies();

        ApplicationFailure failure = failureOf(start());

        assertThat(failure.getType()).isEqualTo("SdkClientException");
        assertThat(account.calls()).contains("find builder", "terminate i-0", "await gone i-0");
        assertThat(account.buildersEverLaunched()).isEqualTo(1);
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void sends_a_command_again_that_never_reached_the_builder() {
        account.doesNotDeliverTheFirst(2);

        BakeReport report = bake();

        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(account.commands())
                .extracting(RunCommand::comment)
                .doesNotHaveDuplicates()
                .hasSize(7);
        assertThat(account.commands())
                .allSatisfy(command -> assertThat(command.comment()).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void fails_when_three_sendings_are_swallowed() {
        account.doesNotDeliverTheFirst(3);

        ApplicationFailure failure = failureOf(start());

        assertThat(failure.getOriginalMessage()).contains("step 3 of 11 (verify agent): It never arrived.");
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void ends_at_its_deadline_and_leaves_nothing_behind() {
        plans.within(Duration.ofMinutes(30));
        account.isThrottledAt(BakeStep.UPDATE_PACKAGES);

        ApplicationFailure failure = failureOf(start());

        assertThat(failure.getType()).isEqualTo("DeadlinePassed");
        assertThat(failure.getOriginalMessage())
                .startsWith("Bake web in us-east-1 stopped at step 4 of 11 (update packages): The deadline ");
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void holds_a_failed_builder_until_it_is_released() {
        plans.holding(Duration.ofHours(2));
        account.failsAt(BakeStep.INSTALL_PACKAGES, "CommandFailed");
        WorkflowStub bake = start();
        awaitState(bake, BakeState.HELD);
        assertThat(account.buildersAlive()).hasSize(1);

        String answer = bake.update("release", String.class);

        assertThat(answer).isEqualTo("The builder is terminated as soon as the bake ends.");
        assertThat(failureOf(bake).getType()).isEqualTo("CommandFailed");
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void ends_a_hold_by_itself() {
        plans.holding(Duration.ofHours(2));
        account.failsAt(BakeStep.INSTALL_PACKAGES, "CommandFailed");

        long began = temporal.currentTimeMillis();

        ApplicationFailure failure = failureOf(start());

        assertThat(failure.getType()).isEqualTo("CommandFailed");
        assertThat(Duration.ofMillis(temporal.currentTimeMillis() - began)).isGreaterThanOrEqualTo(Duration.ofHours(2));
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void ends_the_builder_of_a_launch_it_gave_up_before_the_next() {
        account.refusesToLaunch("t3.medium", Reaction.RELAUNCH);

        bake();

        assertThat(account.calls())
                .containsSubsequence(
                        "launch t3.medium in subnet-a",
                        "terminate i-0",
                        "await gone i-0",
                        "launch t3.medium in subnet-a",
                        "verify agent");
    }

    @Test
    void ends_the_builder_though_its_image_cannot_be_discarded() {
        account.neverDiscardsAnImage();
        account.failsAt(BakeStep.TAG_IMAGE, "AccessDenied");

        ApplicationFailure failure = failureOf(start());

        assertThat(account.buildersAlive()).isEmpty();
        assertThat(failure.getDetails().get(BakeReport.class).leaked())
                .singleElement()
                .asString()
                .startsWith("image web-1 in us-east-1: ");
    }

    @Test
    void goes_on_deleting_where_the_function_ran_out_of_time() {
        account.retentionAnswers(new RetentionReport(List.of(), List.of(), List.of(), Optional.of("ami-7")));
        account.retentionAnswers(new RetentionReport(List.of(), List.of(), List.of(), Optional.empty()));

        bake();

        assertThat(account.calls()).contains("delete old images", "delete old images at ami-7");
    }

    @Test
    void says_how_many_old_images_it_withdrew() {
        account.retentionAnswers(new RetentionReport(
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                3,
                List.of(new WithdrawnImage(
                        new ImageId("ami-old"), "web-0", WithdrawalStep.DEPRECATED, Instant.EPOCH, "old and unused"))));

        assertThat(bake().steps())
                .filteredOn(step -> step.step() == BakeStep.DELETE_OLD_IMAGES)
                .extracting(StepReport::detail)
                .containsExactly("0 deleted, 1 deprecated or disabled, 3 kept");
    }

    @Test
    void tells_an_invalid_recipe_at_once_and_without_wrapping() {
        PlanActivities refusing = request -> {
            throw ApplicationFailure.newNonRetryableFailure(
                    "recipe: owners are missing", PlanActivities.INVALID_RECIPE);
        };

        ApplicationFailure failure = failureOf(start(refusing, stub -> {}));

        assertThat(failure.getType()).isEqualTo("InvalidRecipe");
        assertThat(failure.getOriginalMessage()).isEqualTo("recipe: owners are missing");
        assertThat(account.calls()).isEmpty();
    }

    @Test
    void notifies_people_of_its_end() {
        plans.notifying("arn:aws:sns:us-east-1:111122223333:bakes");

        bake();

        assertThat(mailbox.received())
                .containsExactly(new Notification(
                        "Bake web in us-east-1 completed: ami-web-1",
                        "Bake web in us-east-1 completed: ami-web-1\nWorkflow bake/web/us-east-1, run %s."
                                .formatted(runId()),
                        Map.of("kind", "bake", "name", "web", "region", "us-east-1", "state", "completed"),
                        Optional.of("arn:aws:sns:us-east-1:111122223333:bakes")));
    }

    @Test
    void notifies_people_of_a_failure_once_it_has_cleaned_up() {
        plans.notifying("arn:aws:sns:us-east-1:111122223333:bakes");
        account.failsAt(BakeStep.INSTALL_PACKAGES, "CommandFailed");

        ApplicationFailure failure = failureOf(start());

        assertThat(mailbox.received()).singleElement().satisfies(notice -> {
            assertThat(notice.subject()).isEqualTo("Bake web in us-east-1 failed");
            assertThat(notice.text()).contains(failure.getOriginalMessage());
            assertThat(notice.attributes()).containsEntry("state", "failed");
        });
        assertThat(account.buildersAlive()).isEmpty();
    }

    @Test
    void notifies_people_of_a_cancellation() {
        plans.notifying("arn:aws:sns:us-east-1:111122223333:bakes");

        WorkflowStub bake = startAndCancelAt(BakeStep.INSTALL_PACKAGES);

        assertThatThrownBy(() -> bake.getResult(BakeReport.class)).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(mailbox.received())
                .extracting(Notification::subject)
                .containsExactly("Bake web in us-east-1 canceled");
    }

    @Test
    void ends_as_well_when_nobody_can_be_told() {
        plans.notifying("arn:aws:sns:us-east-1:111122223333:bakes");
        mailbox.isFull("SNS answered NotFound.");

        assertThat(bake().state()).isEqualTo(BakeState.COMPLETED);
    }

    @Test
    void plans_a_request_that_was_never_given_as_an_empty_one() throws JsonProcessingException {
        PlanBake planned = BakeryJson.mapper().readValue("{\"request\":null}", PlanBake.class);

        assertThat(planned.request().recipe().isNull()).isTrue();
    }

    private String runId() {
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(BakeWorkflow.id("web", "us-east-1"))
                .describe()
                .getExecution()
                .getRunId();
    }

    private List<String> scheduledActivities() {
        return temporal
                .getWorkflowClient()
                .fetchHistory(BakeWorkflow.id("web", "us-east-1"))
                .getHistory()
                .getEventsList()
                .stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .map(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName())
                .toList();
    }

    private BakeReport bake() {
        return start().getResult(BakeReport.class);
    }

    private WorkflowStub start() {
        return start(stub -> {});
    }

    /**
     * Cancels when the step's activity is running. Where a cancellation reaches the activity it never answers, as the
     * in-memory server refuses to cancel one that has completed meanwhile.
     */
    private WorkflowStub startAndCancelAt(BakeStep step) {
        if (!NOT_CANCELABLE.contains(step)) {
            account.staysSilentAt(step);
        }
        return start(stub -> account.whenReaching(step, stub::cancel));
    }

    private WorkflowStub start(Consumer<WorkflowStub> beforehand) {
        return start(plans, beforehand);
    }

    private WorkflowStub start(PlanActivities planning, Consumer<WorkflowStub> beforehand) {
        var worker = temporal.newWorker(BakeWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(BakeWorkflowImpl.class);
        worker.registerActivitiesImplementations(account, planning, mailbox);
        temporal.start();
        WorkflowStub stub = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(BakeWorkflow.id("web", "us-east-1"))
                                .build());
        beforehand.accept(stub);
        stub.start(REQUEST);
        return stub;
    }

    /** A query is answered between workflow tasks, so asking again is all the waiting there is. */
    private static void awaitState(WorkflowStub bake, BakeState state) {
        while (bake.query("progress", BakeReport.class).state() != state) {
            Thread.onSpinWait();
        }
    }

    private static ApplicationFailure failureOf(WorkflowStub bake) {
        WorkflowException failure =
                catchThrowableOfType(WorkflowFailedException.class, () -> bake.getResult(BakeReport.class));
        return (ApplicationFailure) failure.getCause();
    }
}
