package org.amibakery.command.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.InstanceId;
import org.amibakery.command.PlannedCommand;
import org.amibakery.command.RunCommand;
import org.amibakery.loopback.LoopbackAws;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandSenderTest {
    private final FakeSsm ssm = new FakeSsm();
    private final LoopbackAws aws = LoopbackAws.serving(Map.of("ssm", ssm));
    private final CommandSender sender = new CommandSender(aws.clients());

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void sends_the_planned_document_with_its_parameters_and_a_bounded_delivery() {
        SentCommand sent = sender.sendUnlessSent(commanding("ami-bakery run-1 1 scrub"), state -> {});

        assertThat(sent.key()).hasToString(FakeSsm.id(1) + " on i-1");
        assertThat(ssm.sent()).singleElement().satisfies(command -> {
            assertThat(command.documentName()).isEqualTo("bakery-debian-scrub");
            assertThat(command.instanceIds()).containsExactly("i-1");
            assertThat(command.comment()).isEqualTo("ami-bakery run-1 1 scrub");
            assertThat(command.parameters()).isEqualTo(Map.of("BakeId", List.of("bake/web/us-east-1")));
            assertThat(command.timeoutSeconds()).isEqualTo(120);
            assertThat(command.outputS3BucketName()).isEqualTo("outputs");
        });
    }

    @Test
    void adopts_the_command_whose_answer_was_lost() {
        aws.faults().on("SendCommand").atCall(1).afterCommit(FaultEffect.close());
        RunCommand request = commanding("ami-bakery run-1 1 scrub");

        assertThatThrownBy(() -> sender.sendUnlessSent(request, state -> {}))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getOriginalMessage()).contains("it is looked for before it is sent again");
                    assertThat(failure.getNextRetryDelay()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
                });
        SentCommand adopted = sender.sendUnlessSent(request, state -> {});

        assertThat(adopted.key().commandId()).isEqualTo(FakeSsm.id(1));
        assertThat(ssm.sent()).hasSize(1);
    }

    @Test
    void an_attempt_that_another_has_replaced_sends_nothing() {
        RunCommand request = commanding("ami-bakery run-1 1 scrub");
        ActivityNotExistsException replaced =
                new ActivityNotExistsException("run 1", new IllegalStateException("timed out"));

        assertThatThrownBy(() -> sender.sendUnlessSent(request, state -> {
                    if (state.equals("it is about to be sent")) {
                        throw replaced;
                    }
                }))
                .isSameAs(replaced);
        assertThat(aws.callsOf("ListCommands")).isEqualTo(1);
        assertThat(ssm.sent()).isEmpty();
    }

    @Test
    void does_not_look_for_what_nobody_can_have_sent() {
        sender.sendFirst(commanding("ami-bakery run-1 1 scrub"), state -> {});

        assertThat(aws.callsOf("ListCommands")).isZero();
        assertThat(ssm.sent()).hasSize(1);
    }

    @Test
    void sends_again_what_has_another_comment() {
        sender.sendUnlessSent(commanding("ami-bakery run-1 1 scrub"), state -> {});
        SentCommand second = sender.sendUnlessSent(commanding("ami-bakery run-1 2 scrub"), state -> {});

        assertThat(second.key().commandId()).isEqualTo(FakeSsm.id(2));
    }

    @ParameterizedTest(name = "{0} is retried: {1}")
    @CsvSource({
        "InvalidDocument, false",
        "InvalidParameters, false",
        "AccessDeniedException, false",
        "ThrottlingException, true",
        "InvalidInstanceId, true",
        "NeverHeardOfIt, true"
    })
    void fails_by_the_error_table(String code, boolean retried) {
        aws.faults().on("SendCommand").beforeCommit(FaultEffect.error(SimulatorError.refused(code, "because")));

        assertThatThrownBy(() -> sender.sendUnlessSent(commanding("ami-bakery run-1 1 scrub"), state -> {}))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(code);
                    assertThat(failure.isNonRetryable()).isNotEqualTo(retried);
                    assertThat(failure.getOriginalMessage()).contains("because");
                });
        assertThat(aws.callsOf("SendCommand")).isEqualTo(1);
    }

    private static RunCommand commanding(String comment) {
        PlannedCommand command = new PlannedCommand(
                "scrub", "bakery-debian-scrub", Map.of("BakeId", "bake/web/us-east-1"), Duration.ofMinutes(15));
        return new RunCommand(
                new BuilderRef(LoopbackAws.REGION, new InstanceId("i-1")), command, comment, Optional.of("outputs"));
    }
}
