package org.amibakery.simulator.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.amibakery.simulator.world.ImageCatalog;
import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.MovableClock;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;
import org.amibakery.simulator.world.Uuids;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** A Systems Manager with one builder whose agent is online, at a standstill until the test moves the clock. */
final class SsmWorld implements Neighbours, CommandRunner {
    static final Place HERE = new Place("111122223333", "us-east-1");
    static final String BUILDER = "i-0123456789abcdef0";
    static final String UPDATE = "ami-bakery-update-packages";

    /** How long the update takes in these tests, and how long until a command is visible and picked up. */
    static final Duration UPDATE_TIME = Timings.realistic().command(UPDATE);

    static final Duration LAG = Timings.realistic().visibility();

    final MovableClock clock = new MovableClock();
    final FakeFleet fleet = new FakeFleet();
    final Set<String> launchableImages = new HashSet<>();
    final Map<String, String> outputs = new LinkedHashMap<>();
    final List<StepExecution> executions = new ArrayList<>();
    final SsmClient ssm;
    final SsmFacts facts;

    final List<String> cancelled = new ArrayList<>();

    private final CommandRunner scripted;
    private Optional<CommandRunner> really = Optional.empty();

    SsmWorld() {
        this(1);
    }

    SsmWorld(double speed) {
        SimulatorClock time = SimulatorClock.on(clock, speed);
        scripted = new ScriptedRunner(time, Timings.realistic());
        SystemsManager manager = new SystemsManager(new SystemsManager.Setup(
                time,
                Timings.realistic(),
                new Uuids(1),
                this,
                this,
                (bucket, key, bytes) -> outputs.put(bucket + ":" + key, new String(bytes, UTF_8))));
        ssm = manager.clientFor(HERE);
        facts = manager.facts(HERE);
        facts.document(
                UPDATE,
                """
                schemaVersion: "2.2"
                description: Updates packages.
                parameters:
                  Release:
                    type: String
                    default: latest
                    allowedPattern: "^(latest|[0-9.]+)$"
                    interpolationType: ENV_VAR
                  Mode:
                    type: String
                    default: quiet
                    allowedValues: [quiet, loud]
                mainSteps:
                  - action: aws:runShellScript
                    name: update
                    inputs:
                      timeoutSeconds: "600"
                      runCommand:
                        - echo {{ Mode }} "$SSM_Release"
                """);
        fleet.runs(BUILDER, clock.instant());
        clock.passes(Timings.realistic().agentOnline());
    }

    @Override
    public InstanceFleet instances(Place place) {
        return fleet;
    }

    @Override
    public ImageCatalog images(Place place) {
        return launchableImages::contains;
    }

    String send() {
        return send(SendCommandRequest.builder().documentName(UPDATE).build());
    }

    String send(SendCommandRequest request) {
        return ssm.sendCommand(request.toBuilder().instanceIds(BUILDER).build())
                .command()
                .commandId();
    }

    GetCommandInvocationResponse look(String commandId) {
        return ssm.getCommandInvocation(it -> it.commandId(commandId).instanceId(BUILDER));
    }

    @Override
    public CompletionStage<StepResult> run(StepExecution execution) {
        executions.add(execution);
        return really.orElse(scripted).run(execution);
    }

    @Override
    public void cancel(String commandId, String instanceId) {
        cancelled.add(commandId);
    }

    @Override
    public Duration limit(Duration onAws, SimulatorClock clock) {
        return really.isPresent() ? onAws : scripted.limit(onAws, clock);
    }

    /** Lets scripts take as long as they take, whatever the speed. */
    void runsReally(CommandRunner runner) {
        really = Optional.of(runner);
    }
}
