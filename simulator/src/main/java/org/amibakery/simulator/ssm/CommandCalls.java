package org.amibakery.simulator.ssm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Uuids;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.Target;

/** Answers SendCommand and CancelCommand. */
final class CommandCalls {
    private static final int MOST_INSTANCES = 50;
    private static final int LONGEST_COMMENT = 100;
    private static final int SHORTEST_TIMEOUT = 30;
    private static final int LONGEST_TIMEOUT = 2_592_000;
    private static final int DEFAULT_TIMEOUT = 3600;
    private static final Pattern INSTANCE_ID = Pattern.compile("i-(\\w{8}|\\w{17})|mi-\\w{17}");

    private final Surroundings world;
    private final Commands commands;
    private final Documents documents;
    private final Parameters parameters;
    private final Uuids ids;

    CommandCalls(Surroundings world, Commands commands, Documents documents, Parameters parameters, Uuids ids) {
        this.world = world;
        this.commands = commands;
        this.documents = documents;
        this.parameters = parameters;
        this.ids = ids;
    }

    SendCommandResponse send(SendCommandRequest request) {
        checkLimits(request);
        String version = request.documentVersion() == null ? "$DEFAULT" : request.documentVersion();
        DocumentVersion document = documents.find(request.documentName(), version);
        checkHash(request, document);
        Map<String, List<String>> values = ParameterValues.check(document.parsed(), request.parameters());
        List<String> instances = instancesOf(request);
        Interpolation interpolation = new Interpolation(document.parsed(), values, parameters);
        document.parsed().steps().forEach(interpolation::lines);
        SentCommand command = new SentCommand(
                ids.next(),
                document,
                request.comment() == null ? "" : request.comment(),
                request.parameters(),
                values,
                instances,
                world.now(),
                Duration.ofSeconds(request.timeoutSeconds() == null ? DEFAULT_TIMEOUT : request.timeoutSeconds()),
                outputOf(request),
                commands.takeFact(document.name()));
        commands.add(command, interpolation);
        return SendCommandResponse.builder()
                .command(CommandViews.command(commands.find(command.id()).orElseThrow(), world))
                .build();
    }

    CancelCommandResponse cancel(CancelCommandRequest request) {
        Commands.Issued issued = commands.find(request.commandId())
                .filter(found -> commands.isVisible(found.command()))
                .orElseThrow(SsmErrors::invalidCommandId);
        Set<String> wanted = new HashSet<>(request.instanceIds());
        if (!issued.command().instanceIds().containsAll(wanted)) {
            throw SimulatorError.refused("InvalidInstanceId", "");
        }
        issued.invocations().stream()
                .filter(invocation -> wanted.isEmpty() || wanted.stream().anyMatch(invocation::isOn))
                .forEach(Invocation::cancel);
        return CancelCommandResponse.builder().build();
    }

    private static void checkLimits(SendCommandRequest request) {
        if (request.documentName() == null) {
            throw SsmErrors.invalid("documentName", "null", "Member must not be null");
        }
        if (request.comment() != null && request.comment().length() > LONGEST_COMMENT) {
            throw SsmErrors.invalid(
                    "comment", request.comment(), "Member must have length less than or equal to " + LONGEST_COMMENT);
        }
        if (request.instanceIds().size() > MOST_INSTANCES) {
            throw SsmErrors.invalid(
                    "instanceIds",
                    request.instanceIds().toString(),
                    "Member must have length less than or equal to " + MOST_INSTANCES);
        }
        Optional.ofNullable(request.timeoutSeconds()).ifPresent(CommandCalls::checkTimeout);
    }

    private static void checkTimeout(int seconds) {
        if (seconds < SHORTEST_TIMEOUT) {
            throw SsmErrors.invalid(
                    "timeoutSeconds",
                    Integer.toString(seconds),
                    "Member must have value greater than or equal to " + SHORTEST_TIMEOUT);
        }
        if (seconds > LONGEST_TIMEOUT) {
            throw SsmErrors.invalid(
                    "timeoutSeconds",
                    Integer.toString(seconds),
                    "Member must have value less than or equal to " + LONGEST_TIMEOUT);
        }
    }

    private static void checkHash(SendCommandRequest request, DocumentVersion document) {
        if (request.documentHash() != null && !request.documentHash().equals(document.hash())) {
            throw SimulatorError.refused(
                    "InvalidDocument",
                    "The document hash does not match the hash of document " + document.name() + ".");
        }
    }

    private List<String> instancesOf(SendCommandRequest request) {
        if (request.instanceIds().isEmpty() == request.targets().isEmpty()) {
            throw SsmErrors.validation("Exactly one of InstanceIds and Targets must be given.");
        }
        List<String> wanted = new ArrayList<>(request.instanceIds());
        if (new HashSet<>(wanted).size() < wanted.size()) {
            throw SimulatorError.refused("DuplicateInstanceId", "");
        }
        wanted.stream()
                .filter(id -> !INSTANCE_ID.matcher(id).matches())
                .findFirst()
                .ifPresent(id -> {
                    throw SsmErrors.invalid(
                            "instanceIds",
                            request.instanceIds().toString(),
                            "Member must satisfy constraint: [Member must satisfy regular expression pattern:"
                                    + " (^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)]");
                });
        List<String> invalid = wanted.stream()
                .filter(id -> world.agents().commandable(id).isEmpty())
                .toList();
        if (!invalid.isEmpty()) {
            throw SsmErrors.invalidInstances(
                    String.join(", ", invalid), world.place().account());
        }
        return request.targets().isEmpty() ? wanted : targeted(request.targets());
    }

    private List<String> targeted(List<Target> targets) {
        return world.agents().managed().stream()
                .filter(managed -> targets.stream().allMatch(target -> isTargeted(managed, target)))
                .map(managed -> managed.instance().id())
                .toList();
    }

    private static boolean isTargeted(Agents.Managed managed, Target target) {
        if (target.key().equals("InstanceIds")) {
            return target.values().contains(managed.instance().id());
        }
        if (target.key().startsWith("tag:")) {
            return target.values()
                    .contains(managed.instance().tags().get(target.key().substring("tag:".length())));
        }
        throw SimulatorError.refused("InvalidTarget", "The target key " + target.key() + " is not valid.");
    }

    private static Optional<SentCommand.OutputLocation> outputOf(SendCommandRequest request) {
        String prefix = request.outputS3KeyPrefix() == null ? "" : request.outputS3KeyPrefix();
        return Optional.ofNullable(request.outputS3BucketName())
                .map(bucket -> new SentCommand.OutputLocation(bucket, prefix));
    }
}
