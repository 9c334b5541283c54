package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.amibakery.bake.BakeryJson;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.recipe.Region;
import org.amibakery.workflow.ActivityProfiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Sees each retry rule of the error tables fire, in a real activity that Temporal retries, on a clock that skips. */
class RetryRulesTest {
    private static final String QUEUE = "retry-rules";
    private static final String PROFILE =
            "Value (x) for parameter iamInstanceProfile.name is invalid." + " Invalid IAM Instance Profile name";
    private static final String STATE = "Instance is not in state 'running' or 'stopped'";

    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());
    private final TroubledCall call = new TroubledCall(temporal::currentTimeMillis);

    /** Calls as the product makes them: the table that guards each, and how patient the workflow is. */
    enum Operation {
        LAUNCH("RunInstances"),
        DESCRIBE("DescribeInstances"),
        CREATE_IMAGE("CreateImage"),
        TAG("CreateTags"),
        TERMINATE("TerminateInstances"),
        DEREGISTER("DeregisterImage"),
        DELETE_SNAPSHOT("DeleteSnapshot"),
        SEND("SendCommand"),
        READ_INVOCATION("GetCommandInvocation"),
        INVOKE("Invoke");

        private final String action;

        Operation(String action) {
            this.action = action;
        }

        ErrorTable table() {
            return switch (this) {
                case LAUNCH -> Ec2Errors.LAUNCH;
                case DESCRIBE -> Ec2Errors.DESCRIBE;
                case CREATE_IMAGE -> Ec2Errors.CREATE_IMAGE;
                case TAG -> Ec2Errors.TAG;
                case TERMINATE -> Ec2Errors.TERMINATE;
                case DEREGISTER -> Ec2Errors.DEREGISTER;
                case DELETE_SNAPSHOT -> Ec2Errors.DELETE_SNAPSHOT;
                case SEND -> SsmErrors.SEND;
                case READ_INVOCATION -> SsmErrors.READ_INVOCATION;
                case INVOKE -> LambdaErrors.INVOKE;
            };
        }

        ActivityOptions patience() {
            return switch (this) {
                case TERMINATE -> ActivityProfiles.untilDone(action);
                case LAUNCH, DESCRIBE, CREATE_IMAGE, TAG, DEREGISTER, DELETE_SNAPSHOT, SEND, READ_INVOCATION, INVOKE ->
                    ActivityProfiles.quick(action);
            };
        }
    }

    @BeforeEach
    void start() {
        Worker worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(OneCallImpl.class);
        worker.registerActivitiesImplementations(call);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_throttled_call_is_made_again_after_growing_pauses(Operation operation) {
        call.answers(400, "RequestLimitExceeded", "Slow down").times(3);

        perform(operation);

        assertThat(call.pauses()).hasSize(3);
        assertThat(call.pauses().get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
        assertThat(call.pauses().get(1)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(2500));
        assertThat(call.pauses().get(2)).isBetween(Duration.ofSeconds(2), Duration.ofMillis(4500));
    }

    @ParameterizedTest
    @CsvSource({
        "LAUNCH, 503, Unavailable",
        "CREATE_IMAGE, 500, InternalError",
        "INVOKE, 429, TooManyRequestsException",
        "SEND, 400, ThrottlingException",
        "READ_INVOCATION, 400, InvocationDoesNotExist",
        "SEND, 400, InvalidInstanceId",
        "TAG, 400, InvalidAMIID.NotFound",
        "LAUNCH, 400, ExpiredToken",
        "LAUNCH, 400, RequestExpired",
        "DESCRIBE, 400, AuthFailure",
    })
    void a_trouble_that_passes_fails_nothing(Operation operation, int status, String code) {
        call.answers(status, code, "For now").times(1);

        perform(operation);

        assertThat(call.attempts()).hasSize(2);
    }

    @Test
    void a_call_without_an_answer_is_made_again() {
        call.losesItsAnswer().times(2);

        perform(Operation.LAUNCH);

        assertThat(call.attempts()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAUNCH | InvalidParameterValue | " + PROFILE + " | 160 | 5 | 10",
                "LAUNCH | VcpuLimitExceeded | You have requested more vCPU capacity | 180 | 30 | 60",
                "LAUNCH | InstanceLimitExceeded | Too many | 180 | 30 | 60",
                "LAUNCH | InsufficientFreeAddressesInSubnet | Full | 180 | 30 | 60",
                "CREATE_IMAGE | InvalidParameterValue | " + STATE + " | 800 | 5 | 10",
                "CREATE_IMAGE | IncorrectInstanceState | It is stopping | 800 | 5 | 10",
                "CREATE_IMAGE | ConcurrentSnapshotLimitExceeded | Too many | 600 | 15 | 30",
                "CREATE_IMAGE | SnapshotCreationPerVolumeRateExceeded | Too fast | 60 | 15 | 30",
                "DELETE_SNAPSHOT | InvalidSnapshot.InUse | In use by ami-1 | 570 | 5 | 10",
                "TERMINATE | UnauthorizedOperation | Not allowed | 3600 | 15 | 30",
                "TERMINATE | OperationNotPermitted | Protected | 3600 | 15 | 30",
            })
    void waits_as_long_as_its_rule_says(
            Operation operation, String code, String said, long seconds, long shortest, long longest) {
        call.answers(400, code, said).lasting(Duration.ofSeconds(seconds));

        perform(operation);

        assertThat(call.lasted()).isGreaterThanOrEqualTo(Duration.ofSeconds(seconds));
        assertThat(call.pauses()).allSatisfy(pause -> assertThat(pause)
                .isBetween(
                        Duration.ofSeconds(shortest),
                        Duration.ofSeconds(longest).plusSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAUNCH | InvalidParameterValue | " + PROFILE + " | 180 | 205 | check its name in the stack's outputs",
                "LAUNCH | VcpuLimitExceeded | Too many | 240 | 365 | Raise the vCPU quota",
                "LAUNCH | InstanceLimitExceeded | Too many | 240 | 365 | Raise the instance quota",
                "LAUNCH | InsufficientFreeAddressesInSubnet | Full | 240 | 365 | name another subnet",
                "CREATE_IMAGE | InvalidParameterValue | " + STATE + " | 840 | 900 | never came into a state",
                "DELETE_SNAPSHOT | InvalidSnapshot.InUse | By ami-1 | 600 | 625 | Deregister that image first",
                "DESCRIBE | AuthFailure | No | 20 | 45 | its clock are wrong",
                "DESCRIBE | SignatureDoesNotMatch | Signature expired | 20 | 45 | date -u",
                "TAG | InvalidAMIID.NotFound | Which? | 300 | 315 | bake again",
                "SEND | InvalidInstanceId | Which? | 300 | 315 | SSM agent is not registered any more",
            })
    void gives_up_past_the_bound_of_its_rule_and_says_what_to_do(
            Operation operation, String code, String said, long bound, long latest, String remedy) {
        call.answers(400, code, said).lasting(Duration.ofHours(2));

        ApplicationFailure failure = failureOf(operation);

        assertThat(call.lasted()).isBetween(Duration.ofSeconds(bound), Duration.ofSeconds(latest));
        assertThat(failure.getType()).isEqualTo(code);
        assertThat(refusal(failure).reaction()).isEqualTo(Reaction.GIVE_UP);
        assertThat(failure.getOriginalMessage()).contains(code, "eu-west-1", operation.action, said, remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "LAUNCH, InsufficientInstanceCapacity, NEXT_CANDIDATE, builder: instanceTypes",
        "LAUNCH, InsufficientHostCapacity, NEXT_CANDIDATE, builder: instanceTypes",
        "LAUNCH, Unsupported, NEXT_CANDIDATE, Choose another instance type or subnet",
        "LAUNCH, InvalidAMIID.Unavailable, FIND_FOUNDATION_AGAIN, withdrawn between look-up and launch",
        "LAUNCH, IdempotentInstanceTerminated, RELAUNCH, another is launched",
        "LAUNCH, IdempotentParameterMismatch, GIVE_UP, please report it",
        "LAUNCH, UnauthorizedOperation, GIVE_UP, Allow ec2:RunInstances to the worker's role",
        "CREATE_IMAGE, SnapshotLimitExceeded, GIVE_UP, Raise the snapshot quota",
        "CREATE_IMAGE, InvalidAMIName.Duplicate, GIVE_UP, Give the recipe a name of its own",
        "CREATE_IMAGE, UnauthorizedOperation, GIVE_UP, Allow ec2:CreateImage",
        "SEND, AccessDeniedException, GIVE_UP, Allow ssm:SendCommand",
        "DEREGISTER, OperationNotPermitted, GIVE_UP, disable-image-deregistration-protection",
    })
    void leaves_to_the_workflow_at_once_what_no_retry_helps(
            Operation operation, String code, Reaction reaction, String remedy) {
        call.answers(400, code, "Because").lasting(Duration.ofHours(2));

        ApplicationFailure failure = failureOf(operation);

        assertThat(call.attempts()).hasSize(1);
        assertThat(refusal(failure).reaction()).isEqualTo(reaction);
        assertThat(failure.getOriginalMessage()).contains(code, "eu-west-1", operation.action, "Because", remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"})
    void deregistering_what_is_gone_is_a_success(String code) {
        call.answers(400, code, "Gone").lasting(Duration.ofHours(2));

        perform(Operation.DEREGISTER);

        assertThat(call.attempts()).hasSize(1);
    }

    private void perform(Operation operation) {
        temporal.getWorkflowClient()
                .newWorkflowStub(
                        OneCall.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
                .make(operation);
    }

    private ApplicationFailure failureOf(Operation operation) {
        WorkflowFailedException failed = catchThrowableOfType(WorkflowFailedException.class, () -> perform(operation));
        return (ApplicationFailure) ((ActivityFailure) failed.getCause()).getCause();
    }

    private static Refusal refusal(ApplicationFailure failure) {
        return failure.getDetails().get(Refusal.class);
    }

    /** A bake of one call. */
    @WorkflowInterface
    public interface OneCall {
        @WorkflowMethod
        void make(Operation operation);
    }

    /** Makes it as patiently as a bake does. */
    public static final class OneCallImpl implements OneCall {
        @Override
        public void make(Operation operation) {
            Workflow.newActivityStub(Guarded.class, operation.patience()).perform(operation);
        }
    }

    /** A call to AWS. */
    @ActivityInterface
    public interface Guarded {
        void perform(Operation operation);
    }

    /** An AWS that refuses for a number of times or a while, and notes when each attempt was made. */
    private static final class TroubledCall implements Guarded {
        private final LongSupplier clock;
        private final List<Instant> attempts = new ArrayList<>();
        private SdkException trouble = SdkClientException.create("none");
        private int times;
        private Duration lasting = Duration.ZERO;

        TroubledCall(LongSupplier clock) {
            this.clock = clock;
        }

        TroubledCall answers(int status, String code, String message) {
            trouble = Ec2Exception.builder()
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(code)
                            .errorMessage(message)
                            .build())
                    .build();
            return this;
        }

        TroubledCall losesItsAnswer() {
            trouble = SdkClientException.create("Unable to unmarshall response");
            return this;
        }

        synchronized void times(int count) {
            times = count;
        }

        synchronized void lasting(Duration time) {
            lasting = time;
        }

        @Override
        public synchronized void perform(Operation operation) {
            attempts.add(Instant.ofEpochMilli(clock.getAsLong()));
            operation.table().perform(operation.action, new Region("eu-west-1"), () -> {
                if (attempts.size() <= times || lasted().compareTo(lasting) < 0) {
                    throw trouble;
                }
            });
        }

        synchronized List<Instant> attempts() {
            return List.copyOf(attempts);
        }

        synchronized Duration lasted() {
            return Duration.between(attempts.get(0), attempts.get(attempts.size() - 1));
        }

        synchronized List<Duration> pauses() {
            return IntStream.range(1, attempts.size())
                    .mapToObj(i -> Duration.between(attempts.get(i - 1), attempts.get(i)))
                    .toList();
        }
    }
}
