package org.amibakery.simulator.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** Shows commands and invocations in the words of the API. */
final class CommandViews {
    private static final int STDOUT_SHOWN = 24_000;
    private static final int STDERR_SHOWN = 8_000;
    private static final int PLUGIN_OUTPUT_SHOWN = 2_500;
    private static final String CUT = "\n---Output truncated---";
    private static final String ERROR_SEPARATOR = "\n----------ERROR-------\n";

    /** The exit code shown until there is one. */
    private static final int NO_CODE = -1;

    private CommandViews() {}

    static Command command(Commands.Issued issued, Surroundings world) {
        SentCommand command = issued.command();
        List<Invocation.View> views =
                issued.invocations().stream().map(Invocation::view).toList();
        InvocationStatus status = summary(views);
        Command.Builder shown = Command.builder()
                .commandId(command.id())
                .documentName(command.document().name())
                .documentVersion(command.document().version())
                .comment(command.comment())
                .parameters(command.sent())
                .instanceIds(command.instanceIds())
                .requestedDateTime(command.requestedAt())
                .expiresAfter(command.requestedAt().plus(world.scaled(command.deliveryTimeout())))
                .timeoutSeconds((int) command.deliveryTimeout().toSeconds())
                .status(status.status())
                .statusDetails(status.details())
                .maxConcurrency("50")
                .maxErrors("0")
                .targetCount(views.size())
                .completedCount(count(views, List.of("Success", "Failed", "TimedOut", "Cancelled")))
                .errorCount(count(views, List.of("Failed", "TimedOut")));
        command.output().ifPresent(location -> shown.outputS3BucketName(location.bucket())
                .outputS3KeyPrefix(location.prefix())
                .outputS3Region(world.place().region()));
        return shown.build();
    }

    static CommandInvocation invocation(Invocation.View view, Surroundings world, Detail detail) {
        SentCommand command = view.command();
        CommandInvocation.Builder shown = CommandInvocation.builder()
                .commandId(command.id())
                .instanceId(view.instanceId())
                .instanceName("")
                .comment(command.comment())
                .documentName(command.document().name())
                .documentVersion(command.document().version())
                .requestedDateTime(command.requestedAt())
                .status(view.status().status())
                .statusDetails(view.status().details())
                .standardOutputUrl("")
                .standardErrorUrl("")
                .commandPlugins(List.of());
        return switch (detail) {
            case PLAIN -> shown.build();
            case WITH_PLUGINS ->
                shown.commandPlugins(command.document().parsed().steps().stream()
                                .map(step -> plugin(view, step, world))
                                .toList())
                        .build();
        };
    }

    /** Says how much of an invocation is shown (ListCommandInvocations, Details). */
    enum Detail {
        PLAIN,
        WITH_PLUGINS
    }

    static GetCommandInvocationResponse full(Invocation.View view, StepSpec step, Surroundings world) {
        SentCommand command = view.command();
        Optional<StepRecord> record = recordOf(view, step);
        InvocationStatus status = statusOf(view, step);
        GetCommandInvocationResponse.Builder shown = GetCommandInvocationResponse.builder()
                .commandId(command.id())
                .instanceId(view.instanceId())
                .comment(command.comment())
                .documentName(command.document().name())
                .documentVersion(command.document().version())
                .pluginName(step.name())
                .status(status.status())
                .statusDetails(status.details())
                .responseCode(record.map(ended -> ended.result().exitCode()).orElse(NO_CODE))
                .executionStartDateTime(view.startedAt().map(CommandViews::time).orElse(""))
                .executionEndDateTime(record.map(ended -> time(ended.endedAt())).orElse(""))
                .executionElapsedTime(record.map(CommandViews::elapsed).orElse(""))
                .standardOutputContent(
                        record.map(ended -> first(STDOUT_SHOWN, ended.result().stdout()))
                                .orElse(""))
                .standardErrorContent(
                        record.map(ended -> first(STDERR_SHOWN, ended.result().stderr()))
                                .orElse(""))
                .standardOutputUrl(url(view, step, world, "stdout"))
                .standardErrorUrl(url(view, step, world, "stderr"));
        return shown.build();
    }

    private static CommandPlugin plugin(Invocation.View view, StepSpec step, Surroundings world) {
        Optional<StepRecord> record = recordOf(view, step);
        InvocationStatus status = statusOf(view, step);
        CommandPlugin.Builder shown = CommandPlugin.builder()
                .name(step.name())
                .status(status.status())
                .statusDetails(status.details())
                .responseCode(record.map(ended -> ended.result().exitCode()).orElse(NO_CODE))
                .output(record.map(CommandViews::combined).orElse(""))
                .standardOutputUrl(url(view, step, world, "stdout"))
                .standardErrorUrl(url(view, step, world, "stderr"));
        view.startedAt().ifPresent(shown::responseStartDateTime);
        record.map(StepRecord::endedAt).ifPresent(shown::responseFinishDateTime);
        view.command().output().ifPresent(location -> shown.outputS3BucketName(location.bucket())
                .outputS3KeyPrefix(location.folder(view.command(), view.instanceId()))
                .outputS3Region(world.place().region()));
        return shown.build();
    }

    private static Optional<StepRecord> recordOf(Invocation.View view, StepSpec step) {
        return view.steps().stream()
                .filter(record -> record.spec().equals(step))
                .findFirst();
    }

    /** Tells a step's status: in a document of one step that of the invocation, which may have been ended for it. */
    private static InvocationStatus statusOf(Invocation.View view, StepSpec step) {
        boolean only = view.command().document().parsed().steps().size() == 1;
        return only
                ? view.status()
                : recordOf(view, step).map(StepRecord::status).orElse(view.status());
    }

    private static InvocationStatus summary(List<Invocation.View> views) {
        List<InvocationStatus> all = views.stream().map(Invocation.View::status).toList();
        return all.stream()
                .filter(status -> !status.isFinal() && !status.equals(InvocationStatus.PENDING))
                .findFirst()
                .or(() -> all.stream().filter(status -> !status.isFinal()).findFirst())
                .or(() -> all.stream()
                        .filter(status -> !status.equals(InvocationStatus.SUCCESS))
                        .findFirst())
                .orElse(InvocationStatus.SUCCESS);
    }

    private static int count(List<Invocation.View> views, List<String> statuses) {
        return (int) views.stream()
                .filter(view -> statuses.contains(view.status().status()))
                .count();
    }

    private static String combined(StepRecord record) {
        String errors = record.result().stderr();
        String whole = record.result().stdout() + (errors.isEmpty() ? "" : ERROR_SEPARATOR + errors);
        byte[] written = whole.getBytes(UTF_8);
        return written.length <= PLUGIN_OUTPUT_SHOWN
                ? whole
                : new String(written, 0, PLUGIN_OUTPUT_SHOWN - CUT.length(), UTF_8) + CUT; // as the agent does
    }

    private static String url(Invocation.View view, StepSpec step, Surroundings world, String stream) {
        return view.command()
                .output()
                .map(location -> "https://s3." + world.place().region() + ".amazonaws.com/" + location.bucket() + "/"
                        + location.key(view.command(), view.instanceId(), step, stream))
                .orElse("");
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String elapsed(StepRecord record) {
        return Duration.between(record.startedAt(), record.endedAt())
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    private static String first(int characters, String text) {
        return text.length() <= characters ? text : text.substring(0, characters);
    }
}
