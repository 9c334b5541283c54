package org.amibakery.simulator.ssm;

import static org.amibakery.simulator.Refusals.assertRefused;
import static org.amibakery.simulator.ssm.SsmWorld.BUILDER;
import static org.amibakery.simulator.ssm.SsmWorld.LAG;
import static org.amibakery.simulator.ssm.SsmWorld.UPDATE;
import static org.amibakery.simulator.ssm.SsmWorld.UPDATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

class CommandLifeTest {
    private final SsmWorld world = new SsmWorld();

    @Test
    void knows_no_invocation_right_after_the_command_was_sent() {
        String command = world.send();

        assertRefused("InvocationDoesNotExist", () -> world.look(command)).returns("", SimulatorError::getMessage);
        assertThat(world.ssm.listCommandInvocations(it -> it.commandId(command)).commandInvocations())
                .isEmpty();
        assertThat(world.ssm.listCommands(it -> it.commandId(command)).commands())
                .isEmpty();
    }

    @Test
    void goes_from_in_progress_to_success_and_shows_no_output_before() {
        String command = world.send();

        world.clock.passes(LAG);
        GetCommandInvocationResponse during = world.look(command);
        world.clock.passes(UPDATE_TIME);
        GetCommandInvocationResponse after = world.look(command);

        assertThat(during.statusDetails()).isEqualTo("InProgress");
        assertThat(during.standardOutputContent()).isEmpty();
        assertThat(during.responseCode()).isEqualTo(-1);
        assertThat(after.statusAsString()).isEqualTo("Success");
        assertThat(after.responseCode()).isZero();
        assertThat(after.standardOutputContent()).contains("Complete!").contains("AMI-BAKERY changed=4");
        assertThat(after.executionElapsedTime()).isEqualTo("PT1M");
    }

    @Test
    void is_pending_when_it_is_accepted() {
        assertThat(world.ssm
                        .sendCommand(it -> it.documentName(UPDATE).instanceIds(BUILDER))
                        .command()
                        .statusAsString())
                .isEqualTo("Pending");
    }

    @Test
    void fails_with_the_exit_code_and_output_of_the_script() {
        world.facts.nextCommandOf("update-packages").failsWith(100, "half done\n", "no space left on device\n");
        String command = world.send();

        world.clock.passes(UPDATE_TIME.plus(LAG));

        assertThat(world.look(command))
                .returns("Failed", GetCommandInvocationResponse::statusAsString)
                .returns(100, GetCommandInvocationResponse::responseCode)
                .returns("half done\n", GetCommandInvocationResponse::standardOutputContent)
                .returns("no space left on device\n", GetCommandInvocationResponse::standardErrorContent);
    }

    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource({
        "Undeliverable, Failed",
        "AccessDenied, Failed",
        "DeliveryTimedOut, TimedOut",
        "Cancelled, Cancelled",
        "Bewildered, Bewildered"
    })
    void ends_with_each_status_a_test_asks_for(String details, String status) {
        world.facts.nextCommandOf(UPDATE).endsWithStatus(details);
        String command = world.send();

        world.clock.passes(UPDATE_TIME.plus(LAG));

        assertThat(world.look(command))
                .returns(status, GetCommandInvocationResponse::statusAsString)
                .returns(details, GetCommandInvocationResponse::statusDetails);
    }

    @Test
    void stays_in_progress_for_ever_when_the_agent_dies() {
        world.facts.nextCommandOf(UPDATE).staysInProgress();
        String command = world.send();

        world.clock.passes(Duration.ofDays(2));

        assertThat(world.look(command).statusAsString()).isEqualTo("InProgress");
    }

    @Test
    void times_out_after_the_execution_timeout_when_an_agent_update_swallows_it() {
        world.facts.nextCommandOf(UPDATE).isSwallowedByAnAgentUpdate();
        String command = world.send();

        world.clock.passes(Duration.ofSeconds(590));
        assertThat(world.look(command).statusAsString()).isEqualTo("InProgress");
        world.clock.passes(Duration.ofSeconds(20));

        assertThat(world.look(command))
                .returns("TimedOut", GetCommandInvocationResponse::statusAsString)
                .returns("ExecutionTimedOut", GetCommandInvocationResponse::statusDetails);
    }

    @Test
    void is_never_delivered_to_an_agent_that_is_online_but_dead() {
        world.facts.agentIsOnlineButDead();
        world.fleet.runs("i-0000000000000dead", world.clock.instant());
        world.clock.passes(Duration.ofMinutes(1));
        String command = world.ssm
                .sendCommand(it -> it.documentName(UPDATE)
                        .instanceIds("i-0000000000000dead")
                        .timeoutSeconds(30))
                .command()
                .commandId();

        world.clock.passes(Duration.ofSeconds(29));
        assertThat(status(command)).isEqualTo("Pending");
        world.clock.passes(Duration.ofSeconds(1));

        assertThat(status(command)).isEqualTo("DeliveryTimedOut");
    }

    @Test
    void is_lost_when_the_instance_is_terminated_under_it() {
        String command = world.send();
        world.clock.passes(LAG);
        world.look(command);

        world.fleet.terminates(BUILDER);
        world.clock.passes(UPDATE_TIME);
        assertThat(world.look(command).statusAsString()).isEqualTo("InProgress");
        world.clock.passes(Duration.ofMinutes(10));

        assertThat(world.look(command).statusDetails()).isEqualTo("ExecutionTimedOut");
    }

    @Test
    void keeps_the_result_of_a_command_that_ended_before_the_termination() {
        String command = world.send();
        world.clock.passes(LAG);
        world.look(command);
        world.clock.passes(UPDATE_TIME);

        world.fleet.terminates(BUILDER);

        assertThat(world.look(command).statusAsString()).isEqualTo("Success");
    }

    @Test
    void is_lost_when_the_instance_is_stopped_under_it() {
        String command = world.send();
        world.clock.passes(LAG);
        world.look(command);

        world.fleet.stops(BUILDER);
        world.look(command);
        world.clock.passes(Duration.ofMinutes(10));

        assertThat(world.look(command).statusDetails()).isEqualTo("ExecutionTimedOut");
    }

    @Test
    void runs_again_after_the_reboot_a_script_asks_for() {
        world.facts.nextCommandOf(UPDATE).asksForReboot();
        String command = world.send();

        world.clock.passes(UPDATE_TIME.multipliedBy(2).plus(LAG));
        assertThat(world.look(command).statusAsString()).isEqualTo("InProgress");
        world.clock.passes(Duration.ofMinutes(1));

        assertThat(world.look(command).standardOutputContent())
                .contains("Rebooting, for updates")
                .contains("rebooted=yes");
        assertThat(world.executions).extracting(StepExecution::run).containsExactly(1, 2);
    }

    @Test
    void shows_the_first_24000_characters_and_stores_all_of_them() {
        world.facts.nextCommandOf(UPDATE).printsMoreThan24000Characters();
        String command = world.send(SendCommandRequest.builder()
                .documentName(UPDATE)
                .outputS3BucketName("logs-bucket")
                .outputS3KeyPrefix("bakes/web")
                .build());

        world.clock.passes(UPDATE_TIME.plus(LAG));
        GetCommandInvocationResponse ended = world.look(command);

        String key = "bakes/web/" + command + "/" + BUILDER + "/awsrunShellScript/update/stdout";
        assertThat(ended.standardOutputContent()).hasSize(24_000).doesNotContain("AMI-BAKERY");
        assertThat(ended.standardOutputUrl()).isEqualTo("https://s3.us-east-1.amazonaws.com/logs-bucket/" + key);
        assertThat(world.outputs.get("logs-bucket:" + key)).contains("AMI-BAKERY changed=4");
    }

    @Test
    void is_cancelled_soon_after_it_was_asked_to() {
        String command = world.send();
        world.clock.passes(LAG);
        world.look(command);

        world.ssm.cancelCommand(it -> it.commandId(command));
        assertThat(world.look(command).statusAsString()).isEqualTo("Cancelling");
        world.clock.passes(Duration.ofSeconds(2));

        assertThat(world.look(command).statusAsString()).isEqualTo("Cancelled");
    }

    @Test
    void may_succeed_in_spite_of_its_cancellation() {
        world.facts.nextCommandOf(UPDATE).endsInSpiteOfCancellation();
        String command = world.send();
        world.clock.passes(LAG);

        world.ssm.cancelCommand(it -> it.commandId(command));
        world.clock.passes(UPDATE_TIME);

        assertThat(world.look(command).statusAsString()).isEqualTo("Success");
    }

    private String status(String commandId) {
        return world.ssm.listCommandInvocations(it -> it.commandId(commandId)).commandInvocations().stream()
                .map(CommandInvocation::statusDetails)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_script_that_really_runs_has_its_timeout_in_real_time_whatever_the_speed() {
        SsmWorld hasty = new SsmWorld(60);
        hasty.runsReally(step -> CompletableFuture.completedFuture(
                new StepResult(0, "done\n", "", Duration.ofSeconds(599)))); // of the 600 that it may take
        String command = hasty.send();

        hasty.clock.passes(Duration.ofSeconds(601));

        assertThat(hasty.look(command).statusDetails()).isEqualTo("Success");
    }

    @Test
    void a_script_that_was_killed_because_of_the_cancellation_is_cancelled_not_failed() {
        CompletableFuture<StepResult> running = new CompletableFuture<>();
        world.runsReally(step -> running);
        String command = world.send();
        world.clock.passes(LAG);
        world.look(command);

        world.ssm.cancelCommand(it -> it.commandId(command));
        assertThat(world.cancelled).containsExactly(command);
        running.complete(new StepResult(137, "half\n", "", Duration.ZERO));

        assertThat(world.look(command).statusDetails()).isEqualTo("Cancelled");
    }
}
