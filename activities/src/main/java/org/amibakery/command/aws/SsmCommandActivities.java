package org.amibakery.command.aws;

import java.time.Duration;
import java.util.function.Consumer;
import org.amibakery.aws.AwsClients;
import org.amibakery.command.CommandActivities;
import org.amibakery.command.CommandResult;
import org.amibakery.command.RunCommand;
import org.amibakery.watch.Waits;
import org.amibakery.watch.Watchers;

/** Runs commands on builders by SSM Run Command: sends each once, and hands the wait to the watcher. */
public final class SsmCommandActivities implements CommandActivities {
    private final Watchers watchers;
    private final CommandSender sender;
    private final Waits<SentCommand, CommandResult> ends;

    /**
     * Takes the clients, and who watches commands that run.
     *
     * @param lookEvery how often
     */
    public SsmCommandActivities(AwsClients clients, Watchers watchers, Duration lookEvery) {
        this.watchers = watchers;
        sender = new CommandSender(clients);
        ends = watchers.waits(
                "command ended",
                lookEvery,
                region -> new CommandWatch(clients.ssm(region), new CommandOutputs(clients.s3(region)), region));
    }

    @Override
    public CommandResult run(RunCommand request) {
        Consumer<String> alive = state -> prove(request, state);
        SentCommand sent = SendingAttempt.current().isSurelyTheFirstOf(request.comment())
                ? sender.sendFirst(request, alive)
                : sender.sendUnlessSent(request, alive);
        return ends.await(request.builder().region(), sent);
    }

    /** Ends an attempt that counts as dead before it sends what its successor may have sent. */
    private void prove(RunCommand request, String state) {
        watchers.proveAlive(
                "%s on %s".formatted(request.comment(), request.builder().id()),
                "Command \"%s\": %s".formatted(request.command().label(), state));
    }
}
