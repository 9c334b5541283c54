package org.amibakery.command.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.temporal.activity.ActivityOptions;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeryJson;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.InstanceId;
import org.amibakery.command.CommandActivities;
import org.amibakery.command.CommandResult;
import org.amibakery.command.PlannedCommand;
import org.amibakery.command.RunCommand;
import org.amibakery.failure.Failures;
import org.amibakery.loopback.LoopbackAws;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.watch.Watchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SsmCommandActivitiesTest {
    private static final String QUEUE = "commands";
    private static final String THIS_RUN = "this-run";

    private final FakeSsm ssm = new FakeSsm();
    private final LoopbackAws aws = LoopbackAws.serving(Map.of("ssm", ssm));
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());
    private final Watchers watchers =
            Watchers.start(temporal.getWorkflowClient().newActivityCompletionClient(), BakeryCounters.NONE);
    private Commanding commanding;

    /** Runs one command, as a bake does. */
    @WorkflowInterface
    public interface Commanding {
        @WorkflowMethod
        CommandResult run(RunCommand request);
    }

    /** Passes the command on to the activity. */
    public static final class CommandingImpl implements Commanding {
        @Override
        public CommandResult run(RunCommand request) {
            String comment =
                    request.comment().replace(THIS_RUN, Workflow.getInfo().getRunId());
            ActivityOptions options = ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofMinutes(5))
                    .setHeartbeatTimeout(Duration.ofSeconds(15))
                    .build();
            return Workflow.newActivityStub(CommandActivities.class, options)
                    .run(new RunCommand(request.builder(), request.command(), comment, request.outputBucket()));
        }
    }

    @BeforeEach
    void start() {
        var worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(CommandingImpl.class);
        worker.registerActivitiesImplementations(
                new SsmCommandActivities(aws.clients(), watchers, Duration.ofMillis(50)));
        temporal.start();
        commanding = commanding();
    }

    private Commanding commanding() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        Commanding.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
    }

    @AfterEach
    void close() {
        watchers.close();
        temporal.close();
        aws.close();
    }

    @Test
    void waits_until_the_command_has_ended() {
        CompletableFuture<CommandResult> result = WorkflowClient.execute(commanding::run, request());
        await().until(() -> watchers.openWaits() == 1);

        ssm.becomes(FakeSsm.id(1), FakeSsm.ended("Success", 0, "AMI-BAKERY changed=3 packages=5\n"));

        assertThat(result)
                .succeedsWithin(Duration.ofSeconds(20))
                .isEqualTo(new CommandResult(FakeSsm.id(1), "changed=3 packages=5", ""));
    }

    @Test
    void tells_the_workflow_that_a_command_never_reached_its_builder() {
        ssm.commandsAre(FakeSsm.ended("Undeliverable", -1, ""));

        assertThatThrownBy(() -> commanding.run(request()))
                .satisfies(failure ->
                        assertThat(Failures.type(failure.getCause())).isEqualTo(CommandActivities.UNDELIVERED));
        assertThat(ssm.sent()).hasSize(1);
    }

    @Test
    void runs_a_command_once_though_it_is_throttled_and_its_first_look_is_lost() {
        aws.faults().on("SendCommand").atCall(1).beforeCommit(FaultEffect.throttle());
        aws.faults().on("GetCommandInvocation").atFirstCalls(3).beforeCommit(FaultEffect.close());
        ssm.commandsAre(FakeSsm.ended("Success", 0, "AMI-BAKERY changed=0\n"));

        assertThat(commanding.run(request()).summary()).isEqualTo("changed=0");
        assertThat(ssm.sent()).hasSize(1);
    }

    @Test
    void is_heard_of_before_ssm_has_answered_anything() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        ssm.listsAfter(answer);
        ssm.commandsAre(FakeSsm.ended("Success", 0, "AMI-BAKERY changed=0\n"));
        CompletableFuture<CommandResult> result = WorkflowClient.execute(commanding::run, request());

        await().until(this::hasHeartbeat);
        assertThat(ssm.sent()).isEmpty();
        answer.complete(null);

        assertThat(result).succeedsWithin(Duration.ofSeconds(20));
        assertThat(ssm.sent()).hasSize(1);
    }

    @Test
    void looks_for_an_earlier_sending_only_where_there_may_be_one() {
        ssm.commandsAre(FakeSsm.ended("Success", 0, "AMI-BAKERY changed=0\n"));

        commanding.run(request(THIS_RUN));
        assertThat(aws.callsOf("ListCommands")).isZero();

        commanding().run(request("the-run-before-a-reset"));
        assertThat(aws.callsOf("ListCommands")).isEqualTo(1);
    }

    @Test
    void a_second_attempt_looks_for_what_the_first_one_may_have_sent() {
        aws.faults().on("SendCommand").atCall(1).beforeCommit(FaultEffect.throttle());
        ssm.commandsAre(FakeSsm.ended("Success", 0, "AMI-BAKERY changed=0\n"));

        assertThat(commanding.run(request(THIS_RUN)).summary()).isEqualTo("changed=0");
        assertThat(aws.callsOf("ListCommands")).isEqualTo(1);
        assertThat(ssm.sent()).hasSize(1);
    }

    private boolean hasHeartbeat() {
        DescribeWorkflowExecutionRequest request = DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(temporal.getNamespace())
                .setExecution(WorkflowStub.fromTyped(commanding).getExecution())
                .build();
        return temporal
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(request)
                .getPendingActivitiesList()
                .stream()
                .anyMatch(PendingActivityInfo::hasHeartbeatDetails);
    }

    private static RunCommand request() {
        return request("run-1");
    }

    private static RunCommand request(String run) {
        PlannedCommand command = new PlannedCommand("scrub", "bakery-debian-scrub", Map.of(), Duration.ofMinutes(1));
        return new RunCommand(
                new BuilderRef(LoopbackAws.REGION, new InstanceId("i-1")),
                command,
                "ami-bakery %s 1 scrub".formatted(run),
                Optional.empty());
    }
}
