package org.amibakery.command.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** Takes commands and lets a test decide how each goes on. */
final class FakeSsm implements SsmClient {
    private final List<SendCommandRequest> sent = new ArrayList<>();
    private final Map<String, GetCommandInvocationResponse> invocations = new LinkedHashMap<>();
    private final Map<String, List<CommandPlugin>> stepsOf = new LinkedHashMap<>();
    private final Set<String> unreadable = new LinkedHashSet<>();
    private volatile CompletableFuture<Void> listed = CompletableFuture.completedFuture(null);
    private GetCommandInvocationResponse next = ended("InProgress", -1, "");

    /** Lets the commands sent from now on be like this. */
    synchronized void commandsAre(GetCommandInvocationResponse invocation) {
        next = invocation;
    }

    static GetCommandInvocationResponse ended(String status, int exitCode, String output) {
        return GetCommandInvocationResponse.builder()
                .status(status.contains("TimedOut") ? "TimedOut" : status)
                .statusDetails(status)
                .responseCode(exitCode)
                .standardOutputContent(output)
                .standardErrorContent("")
                .build();
    }

    synchronized List<SendCommandRequest> sent() {
        return List.copyOf(sent);
    }

    /** Lets a command that was sent go on. */
    synchronized void becomes(String commandId, GetCommandInvocationResponse invocation) {
        invocations.put(commandId, invocation);
    }

    /** Lets a command be one of a document with these steps, whose status only a list tells. */
    synchronized void hasSteps(String commandId, CommandPlugin... steps) {
        stepsOf.put(commandId, List.of(steps));
    }

    /** Lets SSM fail whenever it is asked for this command. */
    synchronized void cannotTell(String commandId) {
        unreadable.add(commandId);
    }

    @Override
    public synchronized SendCommandResponse sendCommand(SendCommandRequest request) {
        sent.add(request);
        String id = id(sent.size());
        invocations.put(id, next);
        return SendCommandResponse.builder().command(command(sent.size())).build();
    }

    /** Lets every list of commands be answered only then. */
    void listsAfter(CompletableFuture<Void> event) {
        listed = event;
    }

    @Override
    public ListCommandsResponse listCommands(ListCommandsRequest request) {
        listed.join();
        return commandsOn(request);
    }

    private synchronized ListCommandsResponse commandsOn(ListCommandsRequest request) {
        List<Command> commands = new ArrayList<>();
        for (int number = 1; number <= sent.size(); number++) {
            if (sent.get(number - 1).instanceIds().contains(request.instanceId())) {
                commands.add(command(number));
            }
        }
        return ListCommandsResponse.builder().commands(commands).build();
    }

    @Override
    public synchronized ListCommandInvocationsResponse listCommandInvocations(ListCommandInvocationsRequest request) {
        if (request.commandId() != null) {
            return ListCommandInvocationsResponse.builder()
                    .commandInvocations(withSteps(request.commandId()))
                    .build();
        }
        return ListCommandInvocationsResponse.builder()
                .commandInvocations(invocations.keySet().stream()
                        .filter(id -> request.filters().stream().allMatch(filter -> matches(id, filter)))
                        .map(this::listed)
                        .toList())
                .build();
    }

    private boolean matches(String commandId, CommandFilter filter) {
        return switch (filter.key()) {
            case STATUS -> invocations.get(commandId).statusAsString().equals(filter.value());
            case INVOKED_AFTER -> sentAt(number(commandId)).isAfter(Instant.parse(filter.value()));
            case INVOKED_BEFORE -> sentAt(number(commandId)).isBefore(Instant.parse(filter.value()));
            default -> throw new IllegalArgumentException("No list of invocations takes " + filter);
        };
    }

    private CommandInvocation listed(String commandId) {
        GetCommandInvocationResponse told = invocations.get(commandId);
        String output = told.standardOutputContent();
        return CommandInvocation.builder()
                .commandId(commandId)
                .instanceId("i-1")
                .status(told.status())
                .statusDetails(told.statusDetails())
                .commandPlugins(CommandPlugin.builder()
                        .output(output.substring(0, Math.min(output.length(), 2_500)))
                        .build())
                .build();
    }

    @Override
    public synchronized GetCommandInvocationResponse getCommandInvocation(GetCommandInvocationRequest request) {
        if (unreadable.contains(request.commandId())) {
            throw SimulatorError.of(500, "InternalServerError", "Try again");
        }
        if (stepsOf.containsKey(request.commandId())) {
            throw SimulatorError.refused("InvalidPluginName", "");
        }
        return Optional.ofNullable(invocations.get(request.commandId()))
                .orElseThrow(() -> SimulatorError.refused("InvocationDoesNotExist", ""));
    }

    private CommandInvocation withSteps(String commandId) {
        GetCommandInvocationResponse told = invocations.get(commandId);
        return CommandInvocation.builder()
                .commandId(commandId)
                .instanceId("i-1")
                .status(told.status())
                .statusDetails(told.statusDetails())
                .commandPlugins(stepsOf.get(commandId))
                .build();
    }

    static String id(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    static int number(String id) {
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    }

    static Instant sentAt(int number) {
        return Instant.EPOCH.plusSeconds(number);
    }

    private Command command(int number) {
        return Command.builder()
                .commandId(id(number))
                .comment(sent.get(number - 1).comment())
                .requestedDateTime(sentAt(number))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
