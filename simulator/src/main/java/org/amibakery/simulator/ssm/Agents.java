package org.amibakery.simulator.ssm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.InstanceView;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** Knows which instances of one place have a registered agent, and when it last sent a heartbeat. */
final class Agents {
    /** The agent's heartbeat; what is Online may have been dead for as long. */
    private static final Duration HEARTBEAT = Duration.ofMinutes(5);

    private static final Duration UNTIL_INACTIVE = Duration.ofDays(30);
    private static final Set<String> ENDED = Set.of("shutting-down", "terminated");

    private final SimulatorClock clock;
    private final Timings timings;
    private final InstanceFleet fleet;
    private final Map<String, AgentFact> known = new HashMap<>();
    private final Map<String, Registration> registrations = new HashMap<>();
    private final Queue<AgentFact> nextOnes = new ArrayDeque<>();
    private AgentFact newOnes = AgentFact.WORKS;

    Agents(SimulatorClock clock, Timings timings, InstanceFleet fleet) {
        this.clock = clock;
        this.timings = timings;
        this.fleet = fleet;
    }

    /** Says since when an agent is registered and when it was last heard of. */
    record Registration(Instant registeredAt, Instant lastPing) {}

    /** Pairs an instance with its agent's registration. */
    record Managed(InstanceView instance, Registration registration, PingStatus ping) {}

    synchronized void letNewOnes(AgentFact fact) {
        getToKnow();
        newOnes = fact;
    }

    synchronized void letNextOne(AgentFact fact) {
        getToKnow();
        nextOnes.add(fact);
    }

    /** Lists the instances whose agent registered, without those that are being terminated; oldest first. */
    synchronized List<Managed> managed() {
        getToKnow();
        return fleet.all().stream()
                .sorted(Comparator.comparing(InstanceView::launchedAt).thenComparing(InstanceView::id))
                .filter(instance -> !ENDED.contains(instance.state()))
                .flatMap(instance ->
                        registration(instance)
                                .map(registration -> new Managed(instance, registration, ping(registration)))
                                .stream())
                .toList();
    }

    /** Finds the instance when commands may be sent to it: running, and with a registered agent. */
    synchronized Optional<InstanceView> commandable(String instanceId) {
        getToKnow();
        return fleet.find(instanceId).filter(InstanceView::isRunning).filter(instance -> registration(instance)
                .isPresent());
    }

    /** Tells from when on the instance's agent picks up commands in the present run; empty when it does not. */
    synchronized Optional<Instant> listeningSince(String instanceId) {
        getToKnow();
        return fleet.find(instanceId)
                .filter(instance -> fact(instance.id()).presence() == AgentFact.Presence.WORKS)
                .flatMap(this::onlineAt)
                .filter(online -> !online.isAfter(clock.now()));
    }

    Optional<InstanceView> instance(String instanceId) {
        return fleet.find(instanceId);
    }

    private Optional<Registration> registration(InstanceView instance) {
        Instant now = clock.now();
        Optional<Instant> online = onlineAt(instance).filter(at -> !at.isAfter(now));
        online.ifPresent(at -> {
            Duration heartbeat = clock.scaled(HEARTBEAT);
            long beats = Duration.between(at, now).dividedBy(heartbeat);
            Registration before = registrations.get(instance.id());
            Instant registered = before == null ? at : before.registeredAt();
            registrations.put(instance.id(), new Registration(registered, at.plus(heartbeat.multipliedBy(beats))));
        });
        return Optional.ofNullable(registrations.get(instance.id()));
    }

    /** Tells when the agent comes online in the present run of the instance. */
    private Optional<Instant> onlineAt(InstanceView instance) {
        AgentFact fact = fact(instance.id());
        if (fact.presence() == AgentFact.Presence.NEVER_COMES
                || instance.instanceProfile().isEmpty()) {
            return Optional.empty();
        }
        Duration wait = clock.scaled(timings.agentOnline().plus(fact.delay()));
        return instance.runningSince().map(since -> since.plus(wait));
    }

    private PingStatus ping(Registration registration) {
        Duration silence = Duration.between(registration.lastPing(), clock.now());
        if (silence.compareTo(clock.scaled(UNTIL_INACTIVE)) > 0) {
            return PingStatus.INACTIVE;
        }
        return silence.compareTo(clock.scaled(HEARTBEAT)) > 0 ? PingStatus.CONNECTION_LOST : PingStatus.ONLINE;
    }

    private AgentFact fact(String instanceId) {
        return known.getOrDefault(instanceId, AgentFact.WORKS);
    }

    private void getToKnow() {
        fleet.all().stream()
                .filter(instance -> !known.containsKey(instance.id()))
                .sorted(Comparator.comparing(InstanceView::launchedAt).thenComparing(InstanceView::id))
                .forEach(instance -> known.put(instance.id(), nextOnes.isEmpty() ? newOnes : nextOnes.remove()));
    }
}
