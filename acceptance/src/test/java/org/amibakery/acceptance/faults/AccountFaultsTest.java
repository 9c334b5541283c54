package org.amibakery.acceptance.faults;

import static org.amibakery.acceptance.faults.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.simulator.lambda.FunctionFacts;
import org.amibakery.simulator.wire.Call;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an account and those who own it can do to a bake; the long pauses and waits that follow are shortened. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_METHOD)
class AccountFaultsTest {
    private static final String FIND_FUNCTION = "ami-bakery-find-foundation-image";

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("world of accounts");

    private final TroubledBakery bakery = TroubledBakery.withoutWorker();
    private final MortalWorker worker = MortalWorker.startIn(bakery, Duration.ofSeconds(20));

    @AfterEach
    void countAndClose() {
        FIGURES.count(bakery.ledger());
        worker.close();
        bakery.close();
    }

    @Test
    void a_bake_whose_agent_never_comes_ends_its_builder() {
        bakery.ssm().agentNeverComes();

        bakery.bake().isFailure(BakeStep.VERIFY_AGENT, "has not registered");

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
    }

    @Test
    void a_bake_whose_builder_loses_its_connection_in_a_command_ends_it() {
        bakery.ssm().nextCommandOf("update-packages").staysInProgress();

        bakery.bake().isFailure(BakeStep.UPDATE_PACKAGES, "It took too long. Last seen: Command \"update packages\"");

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
    }

    @ParameterizedTest(name = "a bake goes on once {0} is no longer answered with {1}")
    @CsvSource({
        "RunInstances, VcpuLimitExceeded",
        "RunInstances, InstanceLimitExceeded",
        "RunInstances, InsufficientFreeAddressesInSubnet",
        "RunInstances, RequestLimitExceeded",
        "CreateImage, ConcurrentSnapshotLimitExceeded",
        "CreateImage, SnapshotCreationPerVolumeRateExceeded",
        "CreateImage, IncorrectInstanceState",
        "CreateTags, InvalidAMIID.NotFound",
        "SendCommand, InvalidInstanceId",
        "StopInstances, ExpiredToken",
        "CreateImage, ExpiredToken",
        "DescribeImages, RequestExpired",
        "TerminateInstances, AuthFailure",
        "TerminateInstances, UnauthorizedOperation"
    })
    void waits_until_it_is_over(String operation, String code) {
        Fault refusal = bakery.faults().on(operation).atFirstCalls(2).beforeCommit(refused(code));

        bakery.bake().isComplete();

        assertThat(refusal.timesFired()).isEqualTo(2);
        Promise.isKeptBy(bakery).withOneBuilderAtATime().withBuildersLaunched(1).withImagesMade(1);
    }

    @ParameterizedTest(name = "a bake goes on asking for the end of its builder through {0} refusals with status 503")
    @ValueSource(ints = 9)
    void goes_on_ending_its_builder_while_EC2_is_out_of_order(int refusals) {
        Fault outage =
                bakery.faults().on("TerminateInstances").atFirstCalls(refusals).beforeCommit(FaultEffect.unavailable());

        bakery.bake().isComplete();

        assertThat(outage.timesFired()).isEqualTo(refusals);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @ParameterizedTest(name = "a bake whose {0} meets {1} stops at {2} and says: {3}")
    @CsvSource({
        "RunInstances, UnauthorizedOperation, LAUNCH_BUILDER, Allow ec2:RunInstances",
        "SendCommand, AccessDeniedException, VERIFY_AGENT, Allow ssm:SendCommand",
        "CreateImage, SnapshotLimitExceeded, CREATE_IMAGE, Raise the snapshot quota or delete snapshots",
        "CreateImage, UnauthorizedOperation, CREATE_IMAGE, Allow ec2:CreateImage",
        "CreateTags, UnauthorizedOperation, TAG_IMAGE, Allow ec2:CreateTags"
    })
    void stops_and_says_what_to_do(String operation, String code, BakeStep step, String advice) {
        Fault refusal = bakery.faults().on(operation).beforeCommit(refused(code));

        BakeEnd end = bakery.bake();

        end.isFailure(step, advice);
        assertThat(refusal.timesFired()).isPositive();
        assertThat(end.report().leaked()).isEmpty();
        Promise.isKeptBy(bakery).withOneBuilderAtATime();
    }

    @Test
    void a_bake_waits_for_its_builder_to_come_into_a_state_to_make_an_image_of() {
        Fault notYet = bakery.faults()
                .on("CreateImage")
                .atFirstCalls(2)
                .beforeCommit(FaultEffect.error(SimulatorError.refused(
                        "InvalidParameterValue", "Instance is not in state 'running' or 'stopped'")));

        bakery.bake().isComplete();

        assertThat(notYet.timesFired()).isEqualTo(2);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_canceled_while_its_image_is_pending_leaves_neither() {
        bakery.ec2().imageStaysPending();
        CompletableFuture<StartedBake> started = new CompletableFuture<>();
        Fault canceled = bakery.faults().on("CreateImage").atCall(1).afterCommit(FaultEffect.run(() -> started.join()
                .cancelAndBeHeard()));

        started.complete(bakery.start(TroubledBakery.FAMILY));
        BakeEnd end = started.join().end();

        assertThat(canceled.timesFired()).isEqualTo(1);
        assertThat(end.report().state()).isEqualTo(BakeState.CANCELED);
        assertThat(end.report().leaked()).isEmpty();
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_adopts_the_builder_that_a_worker_of_another_version_launched_with_its_token() {
        Fault other = OtherVersion.launchesFirst(
                bakery,
                launch -> launch.toBuilder().monitoring(on -> on.enabled(true)).build());

        BakeEnd end = bakery.bake();

        end.isComplete();
        assertThat(other.timesFired()).isEqualTo(1);
        assertThat(launchErrors()).containsExactly("IdempotentParameterMismatch");
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_relaunches_when_its_token_names_the_dead() {
        relaunchesAfterItsBuilderDiedAndTheReplyWasLost();

        assertThat(launchErrors()).containsExactly("IdempotentInstanceTerminated");
    }

    @Test
    void a_bake_relaunches_when_its_token_is_answered_with_the_dead() {
        bakery.ec2().answersDeadTokensWithTheDeadInstance();

        relaunchesAfterItsBuilderDiedAndTheReplyWasLost();

        assertThat(launchErrors()).isEmpty();
    }

    private void relaunchesAfterItsBuilderDiedAndTheReplyWasLost() {
        Fault dead = bakery.faults().on("RunInstances").atCall(1).afterCommit(FaultEffect.run(this::endEveryBuilder));
        Fault lost = bakery.faults().on("RunInstances").atCall(1).afterCommit(FaultEffect.close());

        BakeEnd end = bakery.bake();

        end.isComplete();
        assertThat(dead.timesFired()).isEqualTo(1);
        assertThat(lost.timesFired()).isEqualTo(1);
        assertThat(end.step(BakeStep.LAUNCH_BUILDER).attempts()).isEqualTo(2);
        Promise.isKeptBy(bakery).withOneBuilderAtATime().withBuildersLaunched(2).withImagesMade(1);
    }

    @Test
    void a_bake_asks_a_throttled_function_again() {
        foundationFunction().nextInvocationIsThrottled();

        bakery.bake().isComplete();

        assertThat(bakery.simulator().calls().of("Invoke"))
                .extracting(Call::errorCode)
                .containsOnlyOnce(Optional.of("TooManyRequestsException"));
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_asks_a_function_that_ran_out_of_time_again() {
        foundationFunction().nextInvocationTimesOut();

        bakery.bake().isComplete();

        assertThat(bakery.simulator().lambda().invocations())
                .filteredOn(run -> run.functionArn().endsWith(FIND_FUNCTION))
                .hasSize(2);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    private FunctionFacts foundationFunction() {
        return bakery.simulator()
                .lambda()
                .facts(new Place(bakery.simulator().options().account(), "us-east-1"), FIND_FUNCTION);
    }

    private void endEveryBuilder() {
        bakery.ledger().buildersEverLaunched().forEach(builder -> bakery.ec2()
                .terminatesInstance(builder.id(), "Client.UserInitiatedShutdown"));
    }

    private List<String> launchErrors() {
        return bakery.simulator().calls().of("RunInstances").stream()
                .flatMap(call -> call.errorCode().stream())
                .toList();
    }
}
