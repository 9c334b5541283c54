package org.amibakery.command.aws;

import static org.amibakery.aws.ErrorRule.on;
import static org.amibakery.failure.Reaction.BACK_OFF;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.ErrorRule;
import org.amibakery.aws.ErrorTable;
import org.amibakery.aws.SsmErrors;
import org.amibakery.command.RunCommand;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * Sends a command once. SendCommand has no token, so every attempt that may have had a forerunner looks for the command's
 * comment first, and adopts what that one sent.
 */
final class CommandSender {
    /** SendCommand, TimeoutSeconds: bounds the delivery alone, at least 30 seconds. An agent that is alive takes one. */
    private static final Duration DELIVERY = Duration.ofMinutes(2);

    /** After a lost answer; a command that was sent is listed by then. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(10);

    private static final String OUTPUT_PREFIX = "ami-bakery/commands";
    private static final String NOT_REGISTERED = "InvalidInstanceId";

    static final ErrorTable SEND = ErrorTable.of("SSM", ambiguous("NoAnswer"), ambiguous("InternalServerError"))
            .followedBy(SsmErrors.SEND.rules());

    private final AwsClients clients;

    CommandSender(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * The command of this comment, sent now unless it was before.
     *
     * @param alive is told what comes next, and throws when another attempt has taken over: each call may take long
     */
    SentCommand sendUnlessSent(RunCommand request, Consumer<String> alive) {
        alive.accept("an earlier attempt's command is looked for");
        return sent(request).map(found -> sentCommand(request, found)).orElseGet(() -> sendFirst(request, alive));
    }

    /** The command, sent now: for whoever knows that nobody did before. */
    SentCommand sendFirst(RunCommand request, Consumer<String> alive) {
        alive.accept("it is about to be sent");
        return sentCommand(request, send(request));
    }

    private static SentCommand sentCommand(RunCommand request, Command command) {
        CommandKey key = new CommandKey(command.commandId(), request.builder().id(), command.requestedDateTime());
        return new SentCommand(key, request.command());
    }

    private Optional<Command> sent(RunCommand request) {
        Region region = request.builder().region();
        return SsmErrors.READ.guard("ListCommands", region, () -> commandsOf(request, clients.ssm(region)).stream()
                .filter(command -> request.comment().equals(command.comment()))
                .min(Comparator.comparing(Command::requestedDateTime)));
    }

    private static List<Command> commandsOf(RunCommand request, SsmClient ssm) {
        ListCommandsRequest list = ListCommandsRequest.builder()
                .instanceId(request.builder().id().value())
                .build();
        try {
            return ssm.listCommandsPaginator(list).stream()
                    .flatMap(page -> page.commands().stream())
                    .toList();
        } catch (InvalidInstanceIdException notRegistered) { // so nothing was sent to it
            return List.of();
        }
    }

    private Command send(RunCommand request) {
        Region region = request.builder().region();
        SendCommandRequest command = command(request);
        try {
            return SEND.guard("SendCommand", region, () -> clients.ssmWithoutRetries(region)
                    .sendCommand(command)
                    .command());
        } catch (ApplicationFailure refused) {
            throw refused.isNonRetryable() && refused.getType().equals(NOT_REGISTERED)
                    ? CommandFailures.undelivered(refused)
                    : refused;
        }
    }

    private static SendCommandRequest command(RunCommand request) {
        SendCommandRequest.Builder command = SendCommandRequest.builder()
                .documentName(request.command().document())
                .instanceIds(request.builder().id().value())
                .comment(request.comment())
                .timeoutSeconds((int) DELIVERY.toSeconds())
                .parameters(parameters(request.command().parameters()));
        request.outputBucket()
                .ifPresent(bucket -> command.outputS3BucketName(bucket).outputS3KeyPrefix(OUTPUT_PREFIX));
        return command.build();
    }

    private static Map<String, List<String>> parameters(Map<String, String> planned) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        planned.forEach((name, value) -> parameters.put(name, List.of(value)));
        return parameters;
    }

    private static ErrorRule ambiguous(String code) {
        return on(code, BACK_OFF)
                .pausing(LISTED_WITHIN.multipliedBy(2)) // up to half of a pause is taken off at random
                .advising("Whether the command was sent is unknown; it is looked for before it is sent again.");
    }
}
