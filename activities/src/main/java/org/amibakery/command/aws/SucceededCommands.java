package org.amibakery.command.aws;

import static java.util.stream.Collectors.toSet;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.aws.SsmErrors;
import org.amibakery.recipe.Region;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;

/**
 * Reads how several commands ended by the list of those that succeeded, 50 a call, instead of one by one. SSM lists by when a
 * command was sent, so those sent at about the same time are asked for together. A list shows the first 2,500 characters of
 * an output (CommandPlugin, Output); whatever wrote more, or did not succeed, is not in the answer and must be asked for by
 * itself.
 */
final class SucceededCommands {
    /** Commands sent further apart are listed apart, as whatever others sent in between would be listed, too. */
    private static final Duration FAR_APART = Duration.ofSeconds(30);

    /** A list costs as much as one command asked for by itself. */
    private static final int FEW = 2;

    /** ListCommandInvocations, MaxResults. */
    private static final int PAGE = 50;

    private static final Logger log = LoggerFactory.getLogger(SucceededCommands.class);

    private final SsmClient ssm;
    private final Region region;

    SucceededCommands(SsmClient ssm, Region region) {
        this.ssm = ssm;
        this.region = region;
    }

    /** Those of the commands that succeeded, by name, as far as lists cost less than asking one by one. */
    Map<String, SeenCommand> among(List<CommandKey> commands) {
        Map<String, SeenCommand> succeeded = new LinkedHashMap<>();
        for (List<CommandKey> together : sentTogether(commands)) {
            if (together.size() > FEW) {
                succeeded.putAll(listedIfPossible(together));
            }
        }
        return succeeded;
    }

    private static List<List<CommandKey>> sentTogether(List<CommandKey> commands) {
        List<List<CommandKey>> groups = new ArrayList<>();
        Instant last = Instant.MIN;
        for (CommandKey command : commands.stream()
                .sorted(Comparator.comparing(CommandKey::sentAt))
                .toList()) {
            if (groups.isEmpty() || last.plus(FAR_APART).isBefore(command.sentAt())) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(command);
            last = command.sentAt();
        }
        return groups;
    }

    /** A list only saves calls; where SSM refuses it for another reason than their number, each is asked for by itself. */
    private Map<String, SeenCommand> listedIfPossible(List<CommandKey> together) {
        try {
            return listed(together);
        } catch (ApplicationFailure refused) {
            if (SsmErrors.isThrottle(refused)) {
                throw refused;
            }
            log.warn("SSM did not list commands that have ended; each is asked for by itself", refused);
            return Map.of();
        }
    }

    private Map<String, SeenCommand> listed(List<CommandKey> together) {
        Set<String> wanted = together.stream().map(CommandKey::toString).collect(toSet());
        ListCommandInvocationsRequest list = ListCommandInvocationsRequest.builder()
                .filters(
                        filter(CommandFilterKey.STATUS, CommandInvocationStatus.SUCCESS.toString()),
                        filter(CommandFilterKey.INVOKED_AFTER, second(together.get(0), -1)),
                        filter(CommandFilterKey.INVOKED_BEFORE, second(together.get(together.size() - 1), 2)))
                .details(true)
                .maxResults(PAGE)
                .build();
        return SsmErrors.READ.guard("ListCommandInvocations", region, () -> found(list, wanted));
    }

    /** Reads until all are found, and no more pages than asking one by one would cost: the lists of busy accounts are long. */
    private Map<String, SeenCommand> found(ListCommandInvocationsRequest list, Set<String> wanted) {
        Map<String, SeenCommand> found = new LinkedHashMap<>();
        int pages = 0;
        for (ListCommandInvocationsResponse page : ssm.listCommandInvocationsPaginator(list)) {
            page.commandInvocations().stream()
                    .filter(invocation -> wanted.contains(name(invocation)))
                    .forEach(invocation -> read(invocation).ifPresent(seen -> found.put(name(invocation), seen)));
            pages++;
            if (found.size() == wanted.size() || pages == wanted.size() / FEW) {
                break;
            }
        }
        return found;
    }

    private static Optional<SeenCommand> read(CommandInvocation invocation) {
        CommandStatus status = CommandStatus.of(invocation.statusAsString(), invocation.statusDetails());
        return status == CommandStatus.SUCCESS
                ? CommandOutputs.whole(invocation.commandPlugins()).map(output -> new SeenCommand(status, 0, output))
                : Optional.empty();
    }

    private static String name(CommandInvocation invocation) {
        return CommandKey.name(invocation.commandId(), invocation.instanceId());
    }

    /** Whole seconds, as SSM writes its times. */
    private static String second(CommandKey command, long later) {
        return command.sentAt()
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(later)
                .toString();
    }

    private static CommandFilter filter(CommandFilterKey key, String value) {
        return CommandFilter.builder().key(key).value(value).build();
    }
}
