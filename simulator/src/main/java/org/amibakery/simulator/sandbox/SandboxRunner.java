package org.amibakery.simulator.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.amibakery.simulator.ssm.CommandRunner;
import org.amibakery.simulator.ssm.StepExecution;
import org.amibakery.simulator.ssm.StepResult;
import org.amibakery.simulator.world.SimulatorClock;

/** Runs the scripts of commands on the machines of a sandbox, in their own time, whatever the simulator's speed. */
final class SandboxRunner implements CommandRunner {
    /** So that what is due then is not looked at a little too early. */
    private static final Duration A_MOMENT = Duration.ofMillis(20);

    private final SandboxMachines machines;
    private final Executor threads;
    private final Supplier<Map<String, String>> environment;
    private final Map<String, RunningScript> running = new ConcurrentHashMap<>();

    /** Takes what leads a builder's programs to the simulator, in the place of its instance role. */
    SandboxRunner(SandboxMachines machines, Executor threads, Supplier<Map<String, String>> environment) {
        this.machines = machines;
        this.threads = threads;
        this.environment = environment;
    }

    @Override
    public CompletionStage<StepResult> run(StepExecution step) {
        return CompletableFuture.supplyAsync(() -> runNow(step), threads);
    }

    @Override
    public void cancel(String commandId, String instanceId) {
        Optional.ofNullable(running.get(key(commandId, instanceId))).ifPresent(script -> threads.execute(script::kill));
    }

    @Override
    public void lookAgain(Duration after, Runnable look) {
        CompletableFuture.delayedExecutor(after.plus(A_MOMENT).toMillis(), TimeUnit.MILLISECONDS, threads)
                .execute(look);
    }

    @Override
    public Duration limit(Duration onAws, SimulatorClock clock) {
        return onAws;
    }

    private StepResult runNow(StepExecution step) {
        String instanceId = step.instance().id();
        Machine machine = machines.of(instanceId)
                .orElseThrow(() -> new IllegalStateException("There is no machine behind " + instanceId));
        long began = System.nanoTime();
        if (step.run() > 1) {
            machine.reboot();
        }
        RunningScript script = machine.begin(script(step));
        running.put(key(step.commandId(), instanceId), script);
        Exit exit = script.end();
        running.remove(key(step.commandId(), instanceId));
        return new StepResult(exit.code(), exit.stdout(), exit.stderr(), Duration.ofNanos(System.nanoTime() - began));
    }

    /** The agent's own layout, so that a scrub meets what it meets on AWS. */
    private AgentScript script(StepExecution step) {
        Map<String, String> variables = new HashMap<>(environment.get());
        variables.putAll(step.environment());
        String folder = "%s/document/orchestration/%s/awsrunShellScript/%s"
                .formatted(step.instance().id(), step.commandId(), step.stepName());
        return new AgentScript(folder, String.join("\n", step.script()), variables, step.timeout());
    }

    private static String key(String commandId, String instanceId) {
        return commandId + "/" + instanceId;
    }
}
