package org.amibakery.command.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.builder.InstanceId;
import org.amibakery.command.CommandActivities;
import org.amibakery.command.CommandResult;
import org.amibakery.command.PlannedCommand;
import org.amibakery.loopback.LoopbackAws;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

class CommandWatchTest {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final SentCommand SENT = new SentCommand(
            key(1), new PlannedCommand("update packages", "bakery-debian-update-packages", Map.of(), LIMIT));

    private final FakeSsm ssm = new FakeSsm();
    private final LoopbackAws aws = LoopbackAws.serving(Map.of("ssm", ssm));
    private final CommandWatch watch = new CommandWatch(
            aws.clients().ssm(LoopbackAws.REGION),
            new CommandOutputs(aws.clients().s3(LoopbackAws.REGION)),
            LoopbackAws.REGION);

    @AfterEach
    void close() {
        aws.close();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "Pending, not yet",
        "InProgress, not yet",
        "In Progress, not yet",
        "Delayed, not yet",
        "Cancelling, not yet",
        "Success, arrived",
        "DeliveryTimedOut, CommandUndelivered",
        "Delivery Timed Out, CommandUndelivered",
        "Undeliverable, CommandUndelivered",
        "ExecutionTimedOut, CommandFailed",
        "TimedOut, CommandFailed",
        "Failed, CommandFailed",
        "Cancelled, CommandFailed",
        "Terminated, CommandFailed",
        "InvalidPlatform, CommandFailed",
        "AccessDenied, CommandFailed",
        "NeverHeardOfIt, CommandFailed"
    })
    void reads_every_status(String status, String expected) {
        SeenCommand seen = new SeenCommand(CommandStatus.parse(status), 0, CommandOutput.NONE);

        assertThat(outcome(watch.read(waitingFor(Duration.ofMinutes(1)), Optional.of(seen))))
                .isEqualTo(expected);
    }

    @Test
    void waits_for_a_command_that_is_not_visible_yet() {
        assertThat(watch.look(Set.of(watch.id(SENT)))).isEmpty();
        assertThat(outcome(watch.read(waitingFor(Duration.ofMinutes(1)), Optional.empty())))
                .isEqualTo("not yet");
    }

    @Test
    void gives_up_a_command_that_runs_for_ever_because_its_agent_died() {
        SeenCommand running = SeenCommand.underWay(CommandStatus.IN_PROGRESS);
        Duration justBefore = LIMIT.plus(CommandWatch.GRACE);

        assertThat(outcome(watch.read(waitingFor(justBefore), Optional.of(running))))
                .isEqualTo("not yet");
        assertThat(failure(watch.read(waitingFor(justBefore.plusSeconds(1)), Optional.of(running))))
                .satisfies(failure -> {
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage())
                            .contains("update packages", "limit of 30 minutes", "it runs", "agent has probably died");
                });
    }

    @Test
    void tells_the_exit_code_and_the_last_lines_of_a_failed_script() {
        sent(1);
        ssm.becomes(
                FakeSsm.id(1),
                FakeSsm.ended("Failed", 100, "first\nlast of output").toBuilder()
                        .standardErrorContent("AMI-BAKERY failed: no such package\n")
                        .build());

        assertThat(failure(looked()).getOriginalMessage())
                .startsWith("Command \"update packages\" (%s on i-1) failed: its script failed, exit code 100."
                        .formatted(FakeSsm.id(1)))
                .endsWith("first\nlast of output\nAMI-BAKERY failed: no such package");
        assertThat(failure(looked()).isNonRetryable()).isTrue();
    }

    @Test
    void summarizes_a_success_by_the_last_line_the_script_says_about_itself() {
        sent(1);
        ssm.becomes(
                FakeSsm.id(1),
                FakeSsm.ended(
                        "Success",
                        0,
                        "Complete!\nAMI-BAKERY changed=1 packages=2\nAMI-BAKERY changed=7 packages=9\n\n"));

        Sighting<CommandResult> sighting = looked();

        assertThat(sighting.<Optional<CommandResult>>fold(
                        state -> Optional.empty(), result -> result, failure -> Optional.empty()))
                .contains(new CommandResult(FakeSsm.id(1), "changed=7 packages=9", "Complete!"));
    }

    @Test
    void looks_at_many_running_commands_in_two_calls() {
        Set<String> ids = new LinkedHashSet<>();
        for (int number = 1; number <= 40; number++) {
            sent(number);
            ids.add(key(number).text());
        }
        ssm.becomes(FakeSsm.id(7), FakeSsm.ended("Success", 0, ""));

        Map<String, SeenCommand> seen = watch.look(ids);

        assertThat(seen).hasSize(40);
        assertThat(seen.values())
                .filteredOn(command -> command.status() == CommandStatus.SUCCESS)
                .hasSize(1);
        assertThat(aws.callsOf("ListCommandInvocations")).isEqualTo(2);
        assertThat(aws.callsOf("GetCommandInvocation")).isEqualTo(1);
    }

    @Test
    void reads_many_that_ended_from_the_list_of_those_sent_at_the_time() {
        Set<String> ids = new LinkedHashSet<>();
        for (int number = 1; number <= 40; number++) {
            sent(number);
            ids.add(key(number).text());
            ssm.becomes(FakeSsm.id(number), FakeSsm.ended("Success", 0, "AMI-BAKERY changed=" + number));
        }

        Map<String, SeenCommand> seen = watch.look(ids);

        assertThat(seen).hasSize(40);
        seen.forEach((id, command) -> assertThat(OutputTail.summary(command.output()))
                .isEqualTo("changed=" + FakeSsm.number(CommandKey.parse(id).commandId())));
        assertThat(aws.callsOf("ListCommandInvocations")).isEqualTo(3);
        assertThat(aws.callsOf("GetCommandInvocation")).isZero();
    }

    @Test
    void asks_one_by_one_for_what_a_list_does_not_show_whole() {
        for (int number = 1; number <= 4; number++) {
            sent(number);
            ssm.becomes(FakeSsm.id(number), FakeSsm.ended("Success", 0, "AMI-BAKERY changed=" + number));
        }
        ssm.becomes(FakeSsm.id(2), FakeSsm.ended("Failed", 100, "no such package"));
        ssm.becomes(FakeSsm.id(3), FakeSsm.ended("Success", 0, "x".repeat(3_000) + "\nAMI-BAKERY changed=3"));

        Map<String, SeenCommand> seen = watch.look(ids(1, 2, 3, 4));

        assertThat(seen.get(key(2).text()).exitCode()).isEqualTo(100);
        assertThat(OutputTail.summary(seen.get(key(3).text()).output())).isEqualTo("changed=3");
        assertThat(aws.callsOf("GetCommandInvocation")).isEqualTo(2);
    }

    @Test
    void lists_apart_what_was_sent_far_apart() {
        for (int number : List.of(1, 2, 3, 1001, 1002, 1003)) {
            ssm.becomes(FakeSsm.id(number), FakeSsm.ended("Success", 0, "AMI-BAKERY changed=" + number));
        }

        assertThat(watch.look(ids(1, 2, 3, 1001, 1002, 1003))).hasSize(6);
        assertThat(aws.callsOf("ListCommandInvocations"))
                .as("two of what goes on, one of each time")
                .isEqualTo(4);
        assertThat(aws.callsOf("GetCommandInvocation")).isZero();
    }

    @Test
    void what_the_agent_cut_is_not_whole_however_few_characters_are_left() {
        assertThat(CommandOutputs.whole(List.of(step("run", "Success", 0, "\u2501".repeat(900)))))
                .as("2,700 bytes")
                .isEmpty();
        assertThat(CommandOutputs.whole(List.of(step("run", "Success", 0, "done\n---Output truncated---"))))
                .isEmpty();
        assertThat(CommandOutputs.whole(List.of())).isEmpty();
    }

    @Test
    void a_list_that_is_refused_is_made_up_for_one_by_one() {
        for (int number = 1; number <= 4; number++) {
            sent(number);
            ssm.becomes(FakeSsm.id(number), FakeSsm.ended("Success", 0, ""));
        }
        aws.faults()
                .on("ListCommandInvocations")
                .atCall(3)
                .beforeCommit(FaultEffect.error(SimulatorError.refused("ValidationException", "no such filter")));

        assertThat(watch.look(ids(1, 2, 3, 4))).hasSize(4);
        assertThat(aws.callsOf("GetCommandInvocation")).isEqualTo(4);
    }

    @Test
    void tells_the_errors_of_a_listed_command_from_its_output() {
        assertThat(CommandOutputs.whole(
                        List.of(step("run", "Success", 0, "done\n----------ERROR-------\na warning\n"))))
                .contains(new CommandOutput("done", "a warning\n"));
    }

    @Test
    void one_command_that_ssm_cannot_tell_of_does_not_hide_the_others() {
        sent(1);
        sent(2);
        ssm.cannotTell(FakeSsm.id(1));
        ssm.becomes(FakeSsm.id(2), FakeSsm.ended("Success", 0, ""));

        assertThat(watch.look(ids(1, 2))).containsOnlyKeys(key(2).text());
    }

    @Test
    void a_look_at_which_ssm_tells_of_no_command_has_failed() {
        sent(1);
        sent(2);
        ssm.cannotTell(FakeSsm.id(1));
        ssm.cannotTell(FakeSsm.id(2));

        assertThatThrownBy(() -> watch.look(ids(1, 2)))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("InternalServerError");
                    assertThat(failure.isNonRetryable()).isFalse();
                });
    }

    @Test
    void reads_a_document_of_several_steps_by_the_list_of_its_steps() {
        sent(1);
        ssm.becomes(FakeSsm.id(1), FakeSsm.ended("Failed", -1, ""));
        ssm.hasSteps(
                FakeSsm.id(1),
                step("download", "Success", 0, "fetched"),
                step("install", "Failed", 7, "no such package"),
                step("report", "Failed", -1, ""));

        assertThat(failure(looked()).getOriginalMessage())
                .contains("its script failed, exit code 7.")
                .endsWith("fetched\nno such package");
    }

    @Test
    void summarizes_the_success_of_a_document_of_several_steps() {
        sent(1);
        ssm.becomes(FakeSsm.id(1), FakeSsm.ended("Success", -1, ""));
        ssm.hasSteps(
                FakeSsm.id(1),
                step("download", "Success", 0, "fetched"),
                step("install", "Success", 0, "AMI-BAKERY changed=2"));

        assertThat(watch.look(ids(1)).values()).singleElement().satisfies(seen -> {
            assertThat(seen.exitCode()).isZero();
            assertThat(OutputTail.summary(seen.output())).isEqualTo("changed=2");
        });
    }

    @Test
    void keeps_apart_the_failure_that_lets_the_workflow_send_again() {
        sent(1);
        ssm.becomes(FakeSsm.id(1), FakeSsm.ended("DeliveryTimedOut", -1, ""));

        assertThat(failure(looked())).satisfies(failure -> {
            assertThat(failure.getType()).isEqualTo(CommandActivities.UNDELIVERED);
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getOriginalMessage()).contains("never reached the builder i-1");
        });
    }

    private void sent(int number) {
        ssm.sendCommand(SendCommandRequest.builder()
                .comment("command " + number)
                .instanceIds("i-1")
                .build());
    }

    private static CommandPlugin step(String name, String status, int exitCode, String output) {
        return CommandPlugin.builder()
                .name(name)
                .status(status)
                .statusDetails(status)
                .responseCode(exitCode)
                .output(output)
                .build();
    }

    private static CommandKey key(int number) {
        return new CommandKey(FakeSsm.id(number), new InstanceId("i-1"), FakeSsm.sentAt(number));
    }

    private static Set<String> ids(int... numbers) {
        Set<String> ids = new LinkedHashSet<>();
        for (int number : numbers) {
            ids.add(key(number).text());
        }
        return ids;
    }

    private Sighting<CommandResult> looked() {
        String id = watch.id(SENT);
        return watch.read(
                waitingFor(Duration.ZERO),
                Optional.ofNullable(watch.look(Set.of(id)).get(id)));
    }

    private static Waiting<SentCommand> waitingFor(Duration age) {
        return new Waiting<>(SENT, Instant.EPOCH, Instant.EPOCH.plus(age), false, Duration.ZERO);
    }

    private static String outcome(Sighting<CommandResult> sighting) {
        return sighting.fold(state -> "not yet", result -> "arrived", ApplicationFailure::getType);
    }

    private static ApplicationFailure failure(Sighting<CommandResult> sighting) {
        return sighting.<Optional<ApplicationFailure>>fold(
                        state -> Optional.empty(), result -> Optional.empty(), Optional::of)
                .orElseThrow();
    }
}
