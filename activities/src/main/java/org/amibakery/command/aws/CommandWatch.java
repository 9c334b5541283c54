package org.amibakery.command.aws;

import static java.util.stream.Collectors.toMap;
import static org.amibakery.watch.Sighting.arrived;
import static org.amibakery.watch.Sighting.gone;
import static org.amibakery.watch.Sighting.notYet;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.aws.SsmErrors;
import org.amibakery.command.CommandResult;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.amibakery.watch.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;

/**
 * Tells when commands have ended. Read-only.
 *
 * <p>ListCommandInvocations takes no list of ids. Asked for what is in progress, it answers with one page for everything
 * that a quiet account waits for, however long it waits; asked for what was invoked since the oldest command, it would
 * answer with all that has ended meanwhile too. So a look costs the two lists of what has not ended, and one of those that
 * have ended of what is not among them; what neither tells of is asked for by GetCommandInvocation, one by one.
 */
final class CommandWatch implements Watch<SentCommand, SeenCommand, CommandResult> {
    /** Two lists cost as much as two commands asked for one by one. */
    private static final int FEW = 2;

    /** ListCommandInvocations, MaxResults. */
    private static final int PAGE = 50;

    private static final List<CommandInvocationStatus> NOT_ENDED =
            List.of(CommandInvocationStatus.PENDING, CommandInvocationStatus.IN_PROGRESS);

    /** Delivery and SSM's own delays come on top of the running time; the activity itself ends a minute later. */
    static final Duration GRACE = Duration.ofMinutes(9);

    private static final Logger log = LoggerFactory.getLogger(CommandWatch.class);

    private final SsmClient ssm;
    private final CommandInvocations invocations;
    private final SucceededCommands succeeded;
    private final Region region;

    CommandWatch(SsmClient ssm, CommandOutputs outputs, Region region) {
        this.ssm = ssm;
        this.invocations = new CommandInvocations(ssm, outputs, region);
        this.succeeded = new SucceededCommands(ssm, region);
        this.region = region;
    }

    @Override
    public String id(SentCommand sent) {
        return sent.key().text();
    }

    /** A document takes about as long on each builder; playbooks share one, so that their labels tell them apart. */
    @Override
    public String resemblance(SentCommand sent) {
        return sent.command().document() + " " + sent.command().label();
    }

    @Override
    public Map<String, SeenCommand> look(Set<String> ids) {
        Map<String, CommandKey> asked =
                ids.stream().map(CommandKey::parse).collect(toMap(CommandKey::text, key -> key));
        Set<String> underWay = ids.size() > FEW ? underWay(ids.size()) : Set.of();
        Map<String, SeenCommand> listed = succeeded.among(asked.values().stream()
                .filter(key -> !underWay.contains(key.toString()))
                .toList());
        Map<String, SeenCommand> seen = new LinkedHashMap<>();
        List<ApplicationFailure> failures = new ArrayList<>();
        asked.forEach((id, key) -> {
            if (underWay.contains(key.toString())) {
                seen.put(id, SeenCommand.underWay(CommandStatus.IN_PROGRESS));
            } else {
                Optional.ofNullable(listed.get(key.toString()))
                        .or(() -> find(key, failures))
                        .ifPresent(found -> seen.put(id, found));
            }
        });
        if (!failures.isEmpty() && failures.size() == ids.size()) {
            throw failures.get(0);
        }
        return seen;
    }

    /** What AWS does not tell of one command must not hold up the others; it counts as not seen at this look. */
    private Optional<SeenCommand> find(CommandKey key, List<ApplicationFailure> failures) {
        try {
            return invocations.find(key);
        } catch (ApplicationFailure refused) {
            if (refused.isNonRetryable()) {
                throw refused;
            }
            log.info("SSM did not tell how a command goes; it is asked again id={}", key, refused);
            failures.add(refused);
            return Optional.empty();
        }
    }

    /** Reads no more pages than asking one by one would cost, as other people's commands are listed too. */
    private Set<String> underWay(int mostPages) {
        Set<String> underWay = new LinkedHashSet<>();
        for (CommandInvocationStatus status : NOT_ENDED) {
            ListCommandInvocationsRequest list = ListCommandInvocationsRequest.builder()
                    .filters(CommandFilter.builder()
                            .key(CommandFilterKey.STATUS)
                            .value(status.toString())
                            .build())
                    .maxResults(PAGE)
                    .build();
            SsmErrors.READ.guard(
                    "ListCommandInvocations", region, () -> ssm.listCommandInvocationsPaginator(list).stream()
                            .limit(mostPages)
                            .flatMap(page -> page.commandInvocations().stream())
                            .map(invocation -> CommandKey.name(invocation.commandId(), invocation.instanceId()))
                            .map(underWay::add)
                            .count());
        }
        return underWay;
    }

    @Override
    public Sighting<CommandResult> read(Waiting<SentCommand> waiting, Optional<SeenCommand> found) {
        SentCommand sent = waiting.subject();
        if (found.isEmpty()) {
            return notEnded(waiting, "it is not visible yet");
        }
        SeenCommand seen = found.get();
        return switch (seen.status().meaning()) {
            case GOING_ON -> notEnded(waiting, seen.status().words());
            case SUCCEEDED ->
                arrived(new CommandResult(
                        sent.key().commandId(),
                        OutputTail.summary(seen.output()),
                        OutputTail.ofSuccess(seen.output())));
            case UNDELIVERED -> gone(CommandFailures.undelivered(sent, seen));
            case FAILED -> gone(CommandFailures.failed(sent, seen));
        };
    }

    private static Sighting<CommandResult> notEnded(Waiting<SentCommand> waiting, String words) {
        SentCommand sent = waiting.subject();
        boolean overdue = waiting.age().compareTo(sent.command().limit().plus(GRACE)) > 0;
        return overdue
                ? gone(CommandFailures.stuck(sent, words))
                : notYet("Command \"%s\" (%s): %s", sent.command().label(), sent.key(), words);
    }
}
