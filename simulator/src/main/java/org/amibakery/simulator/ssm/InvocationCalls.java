package org.amibakery.simulator.ssm;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

/** Answers the calls that look commands up. */
final class InvocationCalls {
    private static final Page.Bounds PAGE = new Page.Bounds(1, 50, 50);

    private final Surroundings world;
    private final Commands commands;

    InvocationCalls(Surroundings world, Commands commands) {
        this.world = world;
        this.commands = commands;
    }

    /** Answers one invocation; right after SendCommand it does not exist yet (boto3#2701). */
    GetCommandInvocationResponse get(GetCommandInvocationRequest request) {
        Invocation invocation = commands.find(request.commandId())
                .filter(issued -> commands.isVisible(issued.command()))
                .flatMap(issued -> issued.invocations().stream()
                        .filter(candidate -> candidate.isOn(request.instanceId()))
                        .findFirst())
                .orElseThrow(SsmErrors::invocationDoesNotExist);
        Invocation.View view = invocation.view();
        return CommandViews.full(view, stepOf(view, Optional.ofNullable(request.pluginName())), world);
    }

    /** Lists invocations; right after SendCommand the list is empty, which does not mean done (aws-cli#3546). */
    ListCommandInvocationsResponse listInvocations(ListCommandInvocationsRequest request) {
        CommandViews.Detail detail =
                Boolean.TRUE.equals(request.details()) ? CommandViews.Detail.WITH_PLUGINS : CommandViews.Detail.PLAIN;
        checkFilters(request.filters());
        List<CommandInvocation> matching = visible(Optional.ofNullable(request.commandId())).stream()
                .flatMap(issued -> issued.invocations().stream())
                .filter(invocation -> request.instanceId() == null || invocation.isOn(request.instanceId()))
                .map(Invocation::view)
                .filter(view ->
                        request.filters().stream().allMatch(filter -> matches(view.command(), view.status(), filter)))
                .map(view -> CommandViews.invocation(view, world, detail))
                .toList();
        Page<CommandInvocation> page = Page.of(matching, PAGE, request.maxResults(), request.nextToken());
        return ListCommandInvocationsResponse.builder()
                .commandInvocations(page.items())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    ListCommandsResponse listCommands(ListCommandsRequest request) {
        checkFilters(request.filters());
        List<Command> matching = visible(Optional.ofNullable(request.commandId())).stream()
                .filter(issued -> request.instanceId() == null
                        || issued.command().instanceIds().contains(request.instanceId()))
                .filter(issued -> request.filters().stream().allMatch(filter -> matches(issued, filter)))
                .map(issued -> CommandViews.command(issued, world))
                .toList();
        Page<Command> page = Page.of(matching, PAGE, request.maxResults(), request.nextToken());
        return ListCommandsResponse.builder()
                .commands(page.items())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    private List<Commands.Issued> visible(Optional<String> commandId) {
        return commands.visible().stream()
                .filter(issued -> commandId.map(issued.command().id()::equals).orElse(true))
                .toList();
    }

    private boolean matches(Commands.Issued issued, CommandFilter filter) {
        Command command = CommandViews.command(issued, world);
        return matches(
                issued.command(), new InvocationStatus(command.statusAsString(), command.statusDetails()), filter);
    }

    private static boolean matches(SentCommand command, InvocationStatus status, CommandFilter filter) {
        return switch (filter.key()) {
            case INVOKED_AFTER -> command.requestedAt().isAfter(time(filter.value()));
            case INVOKED_BEFORE -> command.requestedAt().isBefore(time(filter.value()));
            case STATUS -> status.status().equals(filter.value());
            case EXECUTION_STAGE -> status.isFinal() == filter.value().equals("Complete");
            case DOCUMENT_NAME -> command.document().name().equals(filter.value());
            case UNKNOWN_TO_SDK_VERSION -> throw SimulatorError.refused("InvalidFilterKey", "");
        };
    }

    private static void checkFilters(List<CommandFilter> filters) {
        if (filters.size() > 5) {
            throw SsmErrors.invalid("filters", filters.toString(), "Member must have length less than or equal to 5");
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw SsmErrors.validation("The filter value " + text + " is not a time such as 2026-03-02T03:00:00Z.");
        }
    }

    /** Finds the step to show; it must be named when the document has several (GetCommandInvocation, PluginName). */
    private static StepSpec stepOf(Invocation.View view, Optional<String> name) {
        List<StepSpec> steps = view.command().document().parsed().steps();
        if (name.isEmpty() && steps.size() == 1) {
            return steps.get(0);
        }
        return steps.stream()
                .filter(step -> name.equals(Optional.of(step.name())))
                .findFirst()
                .orElseThrow(() -> SimulatorError.refused("InvalidPluginName", ""));
    }
}
