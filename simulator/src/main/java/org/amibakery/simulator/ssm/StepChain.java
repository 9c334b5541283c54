package org.amibakery.simulator.ssm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amibakery.simulator.world.InstanceView;

/** Runs the steps of a command on one instance one after the other, again after each reboot a script asks for. */
final class StepChain {
    /** The reboots after which the simulator assumes a script that will never be content. */
    private static final int MOST_RUNS = 5;

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(2);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    private final SentCommand command;
    private final Interpolation interpolation;
    private final CommandRunner runner;
    private final Duration reboot;

    StepChain(SentCommand command, Interpolation interpolation, CommandRunner runner, Duration reboot) {
        this.command = command;
        this.interpolation = interpolation;
        this.runner = runner;
        this.reboot = reboot;
    }

    /** Begins the first step; the answer comes when the last one ended. */
    CompletionStage<List<StepResult>> start(InstanceView instance, String region) {
        CompletionStage<List<StepResult>> chain = CompletableFuture.completedFuture(List.of());
        for (StepSpec step : command.document().parsed().steps()) {
            chain = chain.thenCompose(
                    before -> run(execution(instance, region, step)).thenApply(result -> {
                        List<StepResult> results = new ArrayList<>(before);
                        results.add(result);
                        return results;
                    }));
        }
        return chain;
    }

    /** Computes how long a step may run; what is malformed or out of bounds silently becomes an hour, as on the agent. */
    Duration timeout(StepSpec step) {
        String text = interpolation.text(step.timeoutSeconds());
        if (!text.matches("\\d{1,9}")) {
            return DEFAULT_TIMEOUT;
        }
        Duration timeout = Duration.ofSeconds(Long.parseLong(text));
        boolean allowed = timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0;
        return allowed ? timeout : DEFAULT_TIMEOUT;
    }

    private CompletionStage<StepResult> run(StepExecution execution) {
        return runner.run(execution)
                .thenApply(result -> command.fact().change().apply(execution, result))
                .thenCompose(result -> result.exitCode() == StepResult.REBOOT && execution.run() < MOST_RUNS
                        ? run(execution.again()).thenApply(later -> result.then(later, reboot))
                        : CompletableFuture.completedFuture(result));
    }

    private StepExecution execution(InstanceView instance, String region, StepSpec step) {
        Map<String, String> environment = new LinkedHashMap<>(interpolation.environment());
        environment.put("AWS_SSM_INSTANCE_ID", instance.id());
        environment.put("AWS_SSM_REGION_NAME", region);
        environment.put("AWS_SSM_PLATFORM_NAME", Platform.of(instance.family()).name());
        environment.put(
                "AWS_SSM_PLATFORM_VERSION", Platform.of(instance.family()).version());
        environment.put("SSM_COMMAND_ID", command.id());
        return new StepExecution(
                instance,
                command.id(),
                command.document().name(),
                step.name(),
                interpolation.lines(step),
                environment,
                timeout(step),
                1);
    }
}
