package org.amibakery.simulator.ssm;

import static org.amibakery.simulator.Refusals.assertRefused;
import static org.amibakery.simulator.ssm.SsmWorld.BUILDER;
import static org.amibakery.simulator.ssm.SsmWorld.LAG;
import static org.amibakery.simulator.ssm.SsmWorld.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

class SendCommandTest {
    private final SsmWorld world = new SsmWorld();

    @Test
    void passes_values_as_text_and_as_environment() {
        world.send(update(Map.of("Release", List.of("2023.8"), "Mode", List.of("loud"))));
        world.clock.passes(LAG);
        world.ssm.listCommandInvocations(it -> it.instanceId(BUILDER));

        assertThat(world.executions).singleElement().satisfies(execution -> {
            assertThat(execution.script()).containsExactly("echo loud \"$SSM_Release\"");
            assertThat(execution.environment())
                    .containsEntry("SSM_Release", "2023.8")
                    .containsEntry("AWS_SSM_INSTANCE_ID", BUILDER)
                    .doesNotContainKey("SSM_Mode");
            assertThat(execution.timeout()).isEqualTo(Duration.ofMinutes(10));
        });
    }

    @Test
    void refuses_unknown_documents() {
        assertRefused(
                        "InvalidDocument",
                        () -> world.send(SendCommandRequest.builder()
                                .documentName("no-such-document")
                                .build()))
                .returns("Document with name no-such-document does not exist.", SimulatorError::getMessage);
    }

    @Test
    void refuses_parameters_that_were_not_declared() {
        assertRefused("InvalidParameters", () -> world.send(update(Map.of("Packages", List.of("jq")))))
                .returns("Parameter \"Packages\" is not defined in the document.", SimulatorError::getMessage);
    }

    @Test
    void refuses_a_missing_parameter_without_default() {
        assertRefused(
                        "InvalidParameters",
                        () -> world.send(SendCommandRequest.builder()
                                .documentName("AWS-RunShellScript")
                                .build()))
                .returns("Parameter \"commands\" has no value and no default.", SimulatorError::getMessage);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({"Release, $(reboot)", "Release, ''", "Mode, silent"})
    void refuses_values_that_the_document_does_not_allow(String name, String value) {
        assertRefused("InvalidParameters", () -> world.send(update(Map.of(name, List.of(value)))))
                .satisfies(error -> assertThat(error).hasMessageContaining("which is not allowed"));
    }

    @Test
    void reads_dollar_as_go_does_so_that_a_last_line_break_is_refused() {
        assertRefused("InvalidParameters", () -> world.send(update(Map.of("Release", List.of("latest\n")))))
                .satisfies(error -> assertThat(error).hasMessageContaining("which is not allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i-0fffffffffffffff0"})
    void refuses_instances_that_never_registered(String id) {
        assertRefused(
                        "InvalidInstanceId",
                        () -> world.ssm.sendCommand(
                                it -> it.documentName(UPDATE).instanceIds(id)))
                .returns(
                        "Instances [[" + id + "]] not in a valid state for account 111122223333",
                        SimulatorError::getMessage);
    }

    @Test
    void refuses_instances_that_are_terminated_or_stopped() {
        world.fleet.runs("i-0fffffffffffffff1", world.clock.instant());
        world.clock.passes(Duration.ofMinutes(1));
        world.fleet.stops("i-0fffffffffffffff1");
        world.fleet.terminates(BUILDER);

        assertRefused("InvalidInstanceId", world::send)
                .satisfies(error -> assertThat(error).hasMessageContaining(BUILDER));
        assertRefused(
                        "InvalidInstanceId",
                        () -> world.ssm.sendCommand(
                                it -> it.documentName(UPDATE).instanceIds("i-0fffffffffffffff1")))
                .satisfies(error -> assertThat(error).hasMessageContaining("not in a valid state"));
    }

    @Test
    void refuses_comments_beyond_100_characters_and_timeouts_out_of_bounds() {
        assertRefused(
                        "ValidationException",
                        () -> world.send(SendCommandRequest.builder()
                                .documentName(UPDATE)
                                .comment("x".repeat(101))
                                .build()))
                .satisfies(error -> assertThat(error).hasMessageContaining("at 'comment'"));
        assertRefused(
                        "ValidationException",
                        () -> world.send(SendCommandRequest.builder()
                                .documentName(UPDATE)
                                .timeoutSeconds(29)
                                .build()))
                .satisfies(error -> assertThat(error).hasMessageContaining("greater than or equal to 30"));
        assertRefused(
                        "ValidationException",
                        () -> world.send(SendCommandRequest.builder()
                                .documentName(UPDATE)
                                .timeoutSeconds(2_592_001)
                                .build()))
                .satisfies(error -> assertThat(error).hasMessageContaining("less than or equal to 2592000"));
    }

    @Test
    void refuses_more_than_50_instances_and_the_same_one_twice() {
        assertRefused(
                        "ValidationException",
                        () -> world.ssm.sendCommand(
                                it -> it.documentName(UPDATE).instanceIds(Collections.nCopies(51, BUILDER))))
                .satisfies(error -> assertThat(error).hasMessageContaining("less than or equal to 50"));
        assertRefused(
                        "DuplicateInstanceId",
                        () -> world.ssm.sendCommand(
                                it -> it.documentName(UPDATE).instanceIds(BUILDER, BUILDER)))
                .returns(400, SimulatorError::status);
    }

    @Test
    void finds_a_command_by_comment_in_the_list_of_its_instance() {
        String command = world.send(SendCommandRequest.builder()
                .documentName(UPDATE)
                .comment("bake/web/us-east-1 update 1")
                .build());
        world.clock.passes(LAG);

        assertThat(world.ssm.listCommands(it -> it.instanceId(BUILDER)).commands())
                .singleElement()
                .returns(command, Command::commandId)
                .returns("bake/web/us-east-1 update 1", Command::comment);
        assertThat(world.ssm
                        .listCommands(it -> it.instanceId("i-0fffffffffffffff1"))
                        .commands())
                .isEmpty();
    }

    @Test
    void lists_commands_newest_first_page_by_page_and_by_filter() {
        String first = world.send();
        world.clock.passes(Duration.ofMinutes(5));
        String second = world.send();
        world.clock.passes(LAG);

        assertThat(world.ssm.listCommandsPaginator(it -> it.maxResults(1)).commands().stream()
                        .map(Command::commandId))
                .containsExactly(second, first);
        assertThat(world.ssm
                        .listCommandInvocations(it -> it.filters(List.of(filter(CommandFilterKey.STATUS, "Success"))))
                        .commandInvocations())
                .extracting(CommandInvocation::commandId)
                .containsExactly(first);
        assertThat(world.ssm
                        .listCommands(it -> it.filters(List.of(filter(
                                CommandFilterKey.INVOKED_AFTER,
                                world.clock
                                        .instant()
                                        .minus(Duration.ofMinutes(1))
                                        .toString()))))
                        .commands())
                .extracting(Command::commandId)
                .containsExactly(second);
    }

    @Test
    void shows_plugins_only_when_details_are_asked_for() {
        String command = world.send();
        world.clock.passes(SsmWorld.UPDATE_TIME.plus(LAG));

        assertThat(world.ssm
                        .listCommandInvocations(it -> it.commandId(command))
                        .commandInvocations()
                        .get(0)
                        .commandPlugins())
                .isEmpty();
        assertThat(world.ssm
                        .listCommandInvocations(it -> it.commandId(command).details(true))
                        .commandInvocations()
                        .get(0)
                        .commandPlugins())
                .singleElement()
                .returns("update", CommandPlugin::name)
                .returns(0, CommandPlugin::responseCode);
    }

    @Test
    void needs_the_name_of_the_step_when_a_document_has_several() {
        world.facts.document(
                "two-steps",
                """
                schemaVersion: "2.2"
                mainSteps:
                  - {action: "aws:runShellScript", name: one, inputs: {runCommand: [true]}}
                  - {action: "aws:runShellScript", name: two, inputs: {runCommand: [true]}}
                """);
        String command = world.send(
                SendCommandRequest.builder().documentName("two-steps").build());
        world.clock.passes(Duration.ofMinutes(1));

        assertRefused("InvalidPluginName", () -> world.look(command)).returns(400, SimulatorError::status);
        assertThat(world.ssm
                        .getCommandInvocation(
                                it -> it.commandId(command).instanceId(BUILDER).pluginName("two"))
                        .standardOutputContent())
                .isEqualTo("The simulator ran step two\n");
    }

    @Test
    void spreads_a_whole_string_list_over_the_lines() {
        world.send(SendCommandRequest.builder()
                .documentName("AWS-RunShellScript")
                .parameters(Map.of("commands", List.of("echo 1", "echo {{ mode }}")))
                .build());
        world.clock.passes(LAG);
        world.ssm.listCommandInvocations(it -> it.instanceId(BUILDER));

        assertThat(world.executions).singleElement().satisfies(execution -> {
            assertThat(execution.script()).containsExactly("echo 1", "echo {{ mode }}");
            assertThat(execution.timeout()).isEqualTo(Duration.ofHours(1));
        });
    }

    @Test
    void resolves_stored_parameters_inside_values_too() {
        world.facts.parameter("/web/motd", "hello");
        world.send(SendCommandRequest.builder()
                .documentName("AWS-RunShellScript")
                .parameters(Map.of("commands", List.of("echo {{ssm:/web/motd}}")))
                .build());
        world.clock.passes(LAG);
        world.ssm.listCommandInvocations(it -> it.instanceId(BUILDER));

        assertThat(world.executions.get(0).script()).containsExactly("echo hello");
    }

    private static SendCommandRequest update(Map<String, List<String>> parameters) {
        return SendCommandRequest.builder()
                .documentName(UPDATE)
                .parameters(parameters)
                .build();
    }

    private static CommandFilter filter(CommandFilterKey key, String value) {
        return CommandFilter.builder().key(key).value(value).build();
    }
}
