package org.amibakery.simulator.ssm;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.amibakery.simulator.world.InstanceView;

/**
 * Follows one command on one instance: Pending until the agent picks it up, InProgress until its steps end, then final.
 * It moves when it is looked at, to where the clock says it must be by then. Safe for use by several threads.
 */
final class Invocation {
    /** The time the agent takes to kill a cancelled script and to say so. */
    private static final Duration CANCELLATION = Duration.ofSeconds(2);

    private final SentCommand command;
    private final String instanceId;
    private final Surroundings world;
    private final StepChain chain;

    private InvocationStatus status = InvocationStatus.PENDING;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> endedAt = Optional.empty();
    private Optional<Instant> cancelledAt = Optional.empty();
    private Optional<Instant> agentLostAt = Optional.empty();
    private Optional<Instant> bootedAt = Optional.empty();
    private CompletableFuture<List<StepResult>> running = new CompletableFuture<>();
    private List<StepRecord> steps = List.of();

    Invocation(SentCommand command, String instanceId, Surroundings world, StepChain chain) {
        this.command = command;
        this.instanceId = instanceId;
        this.world = world;
        this.chain = chain;
    }

    /**
     * Shows how an invocation stands at one moment.
     *
     * @param command what was sent
     * @param instanceId where it runs
     * @param status how it stands
     * @param startedAt when the agent began
     * @param endedAt when it ended
     * @param steps the steps that ended
     */
    record View(
            SentCommand command,
            String instanceId,
            InvocationStatus status,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            List<StepRecord> steps) {}

    synchronized View view() {
        advance();
        return new View(command, instanceId, status, startedAt, endedAt, steps);
    }

    /** Asks for its end; a step that is about to end may still end by itself. */
    synchronized void cancel() {
        advance();
        if (cancelledAt.isEmpty()) {
            cancelledAt = Optional.of(world.now());
            world.runner().cancel(command.id(), instanceId);
        }
    }

    /** Notes that the instance is being terminated now. */
    synchronized void instanceEnds() {
        if (agentLostAt.isEmpty()) {
            agentLostAt = Optional.of(world.now());
        }
    }

    boolean isOn(String id) {
        return instanceId.equals(id);
    }

    private void advance() {
        Instant now = world.now();
        if (!status.isFinal() && startedAt.isEmpty()) {
            deliver(now);
        }
        if (!status.isFinal() && startedAt.isPresent()) {
            progress(now);
        }
    }

    private void deliver(Instant now) {
        Instant expiry = command.requestedAt().plus(world.scaled(command.deliveryTimeout()));
        Instant due = command.requestedAt().plus(world.scaled(world.timings().commandPickUp()));
        Optional<Instant> pickUp = world.agents()
                .listeningSince(instanceId)
                .map(online -> online.isAfter(due) ? online : due)
                .filter(at -> at.isBefore(expiry));
        if (cancelledAt.isPresent() && pickUp.map(cancelledAt.get()::isBefore).orElse(true)) {
            finish(InvocationStatus.CANCELLED, cancelledAt.get());
        } else if (pickUp.isPresent() && !pickUp.get().isAfter(now)) {
            start(pickUp.get());
        } else if (!now.isBefore(expiry)) {
            finish(InvocationStatus.DELIVERY_TIMED_OUT, expiry);
        }
    }

    private void start(Instant at) {
        InstanceView instance = world.agents().instance(instanceId).orElseThrow();
        startedAt = Optional.of(at);
        bootedAt = instance.runningSince();
        status = InvocationStatus.IN_PROGRESS;
        running = chain.start(instance, world.place().region())
                .exceptionally(failure -> List.of(new StepResult(
                        1, "", "The script could not be run: " + failure.getMessage() + "\n", Duration.ZERO)))
                .toCompletableFuture();
    }

    private void progress(Instant now) {
        noteLoss(now);
        List<StepRecord> records = running.isDone() ? records(running.join()) : List.of();
        Optional<Instant> end = records.isEmpty()
                ? Optional.empty()
                : Optional.of(records.get(records.size() - 1).endedAt());
        switch (command.fact().fate()) {
            case NEVER_ENDS -> markCancelling();
            case IS_SWALLOWED -> giveUp(now);
            case ENDS_IN_SPITE_OF_CANCELLATION -> finishOrLose(now, end, records);
            case ENDS -> {
                Optional<Instant> killed = cancelledAt.map(at -> at.plus(world.scaled(CANCELLATION)));
                if (killed.isPresent() && wasKilled(records)) {
                    kill(now, end.orElseThrow());
                } else if (killed.isPresent() && end.map(killed.get()::isBefore).orElse(true)) {
                    kill(now, killed.get());
                } else {
                    finishOrLose(now, end, records);
                }
            }
        }
    }

    private static boolean wasKilled(List<StepRecord> records) {
        return !records.isEmpty() && records.get(records.size() - 1).result().exitCode() == StepResult.KILLED;
    }

    private void kill(Instant now, Instant killed) {
        markCancelling();
        if (!now.isBefore(killed)) {
            finish(InvocationStatus.CANCELLED, killed);
        }
    }

    private void finishOrLose(Instant now, Optional<Instant> end, List<StepRecord> records) {
        boolean lost =
                agentLostAt.isPresent() && end.map(agentLostAt.get()::isBefore).orElse(true);
        if (lost) {
            giveUp(now);
        } else if (end.isPresent() && !end.get().isAfter(now)) {
            steps = records;
            finish(outcome(records), end.get());
        } else {
            markCancelling();
        }
    }

    private void markCancelling() {
        if (cancelledAt.isPresent()) {
            status = InvocationStatus.CANCELLING;
        }
    }

    /** Ends a command nobody answers for: the service itself gives up after the execution timeout. */
    private void giveUp(Instant now) {
        Duration longest =
                command.document().parsed().steps().stream().map(chain::timeout).reduce(Duration.ZERO, Duration::plus);
        Instant deadline = startedAt.orElseThrow().plus(world.limit(longest));
        if (!now.isBefore(deadline)) {
            finish(InvocationStatus.EXECUTION_TIMED_OUT, deadline);
        }
    }

    private void noteLoss(Instant now) {
        boolean sameBoot = world.agents()
                .instance(instanceId)
                .flatMap(InstanceView::runningSince)
                .equals(bootedAt);
        if (!sameBoot && agentLostAt.isEmpty()) {
            agentLostAt = Optional.of(now);
        }
    }

    /** Tells how each step ended, the rest left out once one ran into its timeout. */
    private List<StepRecord> records(List<StepResult> results) {
        List<StepRecord> records = new ArrayList<>();
        Instant at = startedAt.orElseThrow();
        List<StepSpec> specs = command.document().parsed().steps();
        for (int index = 0; index < results.size(); index++) {
            StepRecord step = record(specs.get(index), results.get(index), at);
            records.add(step);
            at = step.endedAt();
            if (step.status().equals(InvocationStatus.EXECUTION_TIMED_OUT)) {
                break;
            }
        }
        return records;
    }

    private StepRecord record(StepSpec spec, StepResult result, Instant began) {
        Duration limit = world.limit(chain.timeout(spec));
        if (result.took().compareTo(limit) > 0) {
            StepResult killed = new StepResult(StepResult.KILLED, result.stdout(), result.stderr(), limit);
            return new StepRecord(spec, InvocationStatus.EXECUTION_TIMED_OUT, killed, began, began.plus(limit));
        }
        InvocationStatus ended = result.exitCode() == 0 ? InvocationStatus.SUCCESS : InvocationStatus.FAILED;
        return new StepRecord(spec, ended, result, began, began.plus(result.took()));
    }

    private InvocationStatus outcome(List<StepRecord> records) {
        return command.fact().forcedStatus().map(InvocationStatus::of).orElseGet(() -> records.stream()
                .map(StepRecord::status)
                .filter(ended -> !ended.equals(InvocationStatus.SUCCESS))
                .reduce((first, second) -> second)
                .orElse(InvocationStatus.SUCCESS));
    }

    private void finish(InvocationStatus end, Instant at) {
        status = end;
        endedAt = Optional.of(at);
        command.output()
                .ifPresent(location -> steps.forEach(step -> {
                    upload(location, step, "stdout", step.result().stdout());
                    upload(location, step, "stderr", step.result().stderr());
                }));
    }

    private void upload(SentCommand.OutputLocation location, StepRecord step, String stream, String text) {
        if (!text.isEmpty()) {
            world.outputs()
                    .store(
                            location.bucket(),
                            location.key(command, instanceId, step.spec(), stream),
                            text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
