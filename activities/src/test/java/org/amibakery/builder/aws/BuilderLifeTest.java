package org.amibakery.builder.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeryJson;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.FindBuilder;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.watch.Polling;
import org.amibakery.watch.Watchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ArchitectureValues;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** Lives a builder's life over the real SDK, the real protocol and a real Temporal worker. */
class BuilderLifeTest {
    private static final String QUEUE = "builder-life";

    private final Simulator aws = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            aws.endpoint(), aws.credentials().id(), aws.credentials().secret()));
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());
    private final Watchers watchers =
            Watchers.start(temporal.getWorkflowClient().newActivityCompletionClient(), BakeryCounters.NONE);

    @BeforeEach
    void start() {
        aws.ec2().createsInstanceProfile("ami-bakery-builder", Duration.ZERO);
        Worker worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(BuilderLifeImpl.class);
        worker.registerActivitiesImplementations(new Ec2BuilderActivities(
                clients, watchers, Polling.every(Duration.ofMillis(100)), BakeryCounters.NONE));
        temporal.start();
    }

    @AfterEach
    void stop() {
        watchers.close();
        temporal.close();
        clients.close();
        aws.close();
    }

    @Test
    void a_builder_is_launched_stopped_and_seen_gone_with_its_volumes() {
        String lived = live();

        assertThat(lived).startsWith("i-");
        assertThat(aws.ledger().buildersEverLaunched()).hasSize(1);
        assertThat(aws.ledger().leaked()).isEmpty();
        assertThat(watchers.openWaits()).isZero();
    }

    @Test
    void a_launch_whose_answer_was_lost_is_repeated_with_its_token_and_makes_one_builder() {
        Fault half = aws.faults().on("RunInstances").atCall(1).afterCommit(FaultEffect.halfAnswer());

        live();

        assertThat(half.timesFired()).isEqualTo(1);
        assertThat(aws.calls().count("RunInstances")).isGreaterThan(1);
        assertThat(aws.ledger().buildersEverLaunched()).hasSize(1);
        assertThat(aws.ledger().leaked()).isEmpty();
    }

    @Test
    void missing_capacity_is_asked_for_once_and_leads_to_the_next_candidate() {
        aws.ec2().hasNoCapacityFor("t3.small");

        ApplicationFailure failure = fail();

        assertThat(aws.calls().count("RunInstances")).isEqualTo(1);
        assertThat(failure.getType()).isEqualTo("InsufficientInstanceCapacity");
        assertThat(failure.getDetails().get(Refusal.class).reaction()).isEqualTo(Reaction.NEXT_CANDIDATE);
        assertThat(failure.getDetails().get(Refusal.class).unsettled()).isFalse();
    }

    @Test
    void missing_capacity_after_an_attempt_of_unknown_outcome_leaves_the_launch_unsettled() {
        aws.ec2().hasNoCapacityFor("t3.small");
        aws.faults().on("RunInstances").atCall(1).beforeCommit(FaultEffect.error(SimulatorError.refused("Odd", "?")));

        ApplicationFailure failure = fail();

        assertThat(aws.calls().count("RunInstances")).isEqualTo(2);
        assertThat(failure.getDetails().get(Refusal.class).reaction()).isEqualTo(Reaction.NEXT_CANDIDATE);
        assertThat(failure.getDetails().get(Refusal.class).unsettled()).isTrue();
        assertThat(failure.isNonRetryable()).isTrue();
    }

    @Test
    void missing_capacity_after_a_certain_refusal_settles_the_launch() {
        aws.ec2().hasNoCapacityFor("t3.small");
        aws.faults()
                .on("RunInstances")
                .atCall(1)
                .beforeCommit(FaultEffect.error(SimulatorError.refused(
                        "InvalidParameterValue", "Value (x) is invalid. Invalid IAM Instance Profile name")));

        ApplicationFailure failure = fail();

        assertThat(aws.calls().count("RunInstances")).isEqualTo(2);
        assertThat(failure.getDetails().get(Refusal.class).unsettled()).isFalse();
    }

    @Test
    void an_image_that_was_just_made_may_be_unknown_for_a_while() {
        Fault unknown = unknownImageAtFirst();

        live(Launches.firstOfImageMadeAt(Instant.now(), launch()));

        assertThat(unknown.timesFired()).isEqualTo(1);
        assertThat(aws.ledger().buildersEverLaunched()).hasSize(1);
    }

    @Test
    void an_old_image_that_is_unknown_was_withdrawn() {
        unknownImageAtFirst();

        ApplicationFailure failure = fail();

        assertThat(failure.getType()).isEqualTo("InvalidAMIID.NotFound");
        assertThat(failure.getDetails().get(Refusal.class).reaction()).isEqualTo(Reaction.FIND_FOUNDATION_AGAIN);
    }

    private Fault unknownImageAtFirst() {
        return aws.faults()
                .on("RunInstances")
                .atCall(1)
                .beforeCommit(FaultEffect.error(
                        SimulatorError.refused("InvalidAMIID.NotFound", "The image id does not exist")));
    }

    @Test
    void a_builder_that_dies_in_pending_of_ec2s_doing_asks_for_another_launch() {
        aws.ec2().instanceDiesInPending("Server.InternalError");

        ApplicationFailure failure = fail();

        assertThat(failure.getType()).isEqualTo("BuilderGone");
        assertThat(failure.getDetails().get(Refusal.class).reaction()).isEqualTo(Reaction.RELAUNCH);
    }

    @Test
    void not_found_does_not_count_as_terminated() {
        Fault invisible = aws.faults()
                .on("TerminateInstances")
                .atFirstCalls(1)
                .beforeCommit(FaultEffect.error(
                        SimulatorError.refused("InvalidInstanceID.NotFound", "The instance ID does not exist")));

        live();

        assertThat(invisible.timesFired()).isEqualTo(1);
        assertThat(aws.calls().count("TerminateInstances")).isEqualTo(2);
        assertThat(aws.ledger().leaked()).isEmpty();
    }

    @Test
    void closing_the_watchers_hands_an_open_wait_back_to_temporal() {
        aws.ec2().instanceNotFoundFor(Duration.ofMinutes(2));
        WorkflowStub bake = WorkflowStub.fromTyped(temporal.getWorkflowClient()
                .newWorkflowStub(
                        BuilderLife.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build()));
        bake.start(launch());
        await().until(() -> watchers.openWaits() == 1);

        watchers.close();

        assertThat(watchers.openWaits()).isZero();
        bake.terminate("the test has seen enough");
    }

    private String live() {
        return live(launch());
    }

    private String live(LaunchBuilder launch) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        BuilderLife.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
                .live(launch);
    }

    private ApplicationFailure fail() {
        WorkflowFailedException failed = catchThrowableOfType(WorkflowFailedException.class, this::live);
        return (ApplicationFailure) ((ActivityFailure) failed.getCause()).getCause();
    }

    private LaunchBuilder launch() {
        String image =
                clients.ec2(Launches.REGION).describeImages(request -> request.owners("137112412989")).images().stream()
                        .filter(candidate -> candidate.state() == ImageState.AVAILABLE)
                        .filter(candidate -> candidate.architecture() == ArchitectureValues.X86_64)
                        .findFirst()
                        .orElseThrow()
                        .imageId();
        return Launches.first(image, aws.ec2().subnetIds().get(0));
    }

    /** The part of a bake that is about its builder. */
    @WorkflowInterface
    public interface BuilderLife {
        @WorkflowMethod
        String live(LaunchBuilder launch);
    }

    /** Calls every method of the builder's activities, in a bake's order. */
    public static final class BuilderLifeImpl implements BuilderLife {
        private final BuilderActivities builders = Workflow.newActivityStub(
                BuilderActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(1))
                        .setHeartbeatTimeout(Duration.ofSeconds(15))
                        .build());

        @Override
        public String live(LaunchBuilder launch) {
            InstanceId id = builders.launch(launch);
            BuilderRef builder = new BuilderRef(launch.region(), id);
            builders.awaitRunning(builder);
            builders.stop(builder);
            InstanceId found = builders.find(new FindBuilder(launch.region(), launch.token()))
                    .id()
                    .orElseThrow();
            builders.terminate(new BuilderRef(launch.region(), found));
            builders.awaitGone(builder);
            return id.value();
        }
    }
}
