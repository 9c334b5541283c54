package org.amibakery.command.aws;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.amibakery.aws.SsmErrors;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidCommandIdException;
import software.amazon.awssdk.services.ssm.model.InvalidPluginNameException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;

/**
 * Reads how one command goes on its builder. GetCommandInvocation tells of documents with one step alone (PluginName,
 * InvalidPluginName); the steps of any other are listed.
 */
final class CommandInvocations {
    private static final int NO_EXIT_CODE = -1;

    private final SsmClient ssm;
    private final CommandOutputs outputs;
    private final Region region;

    CommandInvocations(SsmClient ssm, CommandOutputs outputs, Region region) {
        this.ssm = ssm;
        this.outputs = outputs;
        this.region = region;
    }

    /** The command as SSM tells of it; absent for a moment after it was sent (boto3#2701). */
    Optional<SeenCommand> find(CommandKey key) {
        GetCommandInvocationRequest request = GetCommandInvocationRequest.builder()
                .commandId(key.commandId())
                .instanceId(key.builder().value())
                .build();
        return SsmErrors.READ_INVOCATION.guard("GetCommandInvocation", region, () -> {
            try {
                return Optional.of(read(ssm.getCommandInvocation(request)));
            } catch (InvocationDoesNotExistException | InvalidCommandIdException notYet) {
                return Optional.empty();
            } catch (InvalidPluginNameException severalSteps) {
                return listed(key);
            }
        });
    }

    private Optional<SeenCommand> listed(CommandKey key) {
        ListCommandInvocationsRequest request = ListCommandInvocationsRequest.builder()
                .commandId(key.commandId())
                .instanceId(key.builder().value())
                .details(true)
                .build();
        return SsmErrors.READ_INVOCATION.guard(
                "ListCommandInvocations",
                region,
                () -> ssm.listCommandInvocations(request).commandInvocations().stream()
                        .findFirst()
                        .map(this::read));
    }

    private SeenCommand read(GetCommandInvocationResponse one) {
        int exitCode = Optional.ofNullable(one.responseCode()).orElse(NO_EXIT_CODE);
        return seen(CommandStatus.of(one.statusAsString(), one.statusDetails()), exitCode, () -> outputs.of(one));
    }

    private SeenCommand read(CommandInvocation several) {
        List<CommandPlugin> steps = several.commandPlugins();
        return seen(
                CommandStatus.of(several.statusAsString(), several.statusDetails()),
                exitCode(steps),
                () -> outputs.of(steps));
    }

    /** That of the first step that failed, as those after it may not have run; else that of the last. */
    private static int exitCode(List<CommandPlugin> steps) {
        return steps.stream()
                .map(CommandPlugin::responseCode)
                .filter(Objects::nonNull)
                .reduce((first, next) -> first > 0 ? first : next)
                .orElse(NO_EXIT_CODE);
    }

    private static SeenCommand seen(CommandStatus status, int exitCode, Supplier<CommandOutput> output) {
        return status.meaning() == CommandStatus.Meaning.GOING_ON
                ? SeenCommand.underWay(status)
                : new SeenCommand(status, exitCode, output.get());
    }
}
