package org.amibakery.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.simulator.world.InstanceView;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;

/** One instance and its life. */
final class StoredInstance extends Ec2Resource {
    private final String reservationId;
    private final LaunchSpec launch;
    private final Subnets.SubnetSpec subnet;
    private final String privateIp;
    private final Timeline timeline;
    private final Duration terminatedLinger;
    private InstanceType type;
    private List<String> groupIds;
    private boolean terminationProtected;
    private Instant lastReboot = Instant.MIN;
    private String transitionReason = "";

    StoredInstance(
            Identity identity, LaunchSpec launch, Subnets.SubnetSpec subnet, Timeline timeline, Duration linger) {
        super(identity.id(), identity.place(), identity.createdAt(), identity.visibleFrom(), identity.origin());
        this.reservationId = identity.reservationId();
        this.privateIp = identity.privateIp();
        this.launch = launch;
        this.subnet = subnet;
        this.timeline = timeline;
        this.terminatedLinger = linger;
        this.type = launch.type();
        this.groupIds = launch.groupIds();
        this.terminationProtected = launch.terminationProtected();
    }

    /** What the launch drew up before anything else was known. */
    record Identity(
            String id,
            String reservationId,
            Place place,
            String privateIp,
            Instant createdAt,
            Instant visibleFrom,
            Origin origin) {}

    @Override
    ResourceKind kind() {
        return ResourceKind.INSTANCE;
    }

    @Override
    String type() {
        return "instance";
    }

    @Override
    String stateAt(Instant now) {
        return timeline.stateAt(now);
    }

    @Override
    boolean existsAt(Instant now) {
        return timeline.entering("terminated")
                .map(end -> now.isBefore(end.plus(terminatedLinger)))
                .orElse(true);
    }

    @Override
    boolean isGoneAt(Instant now) {
        return timeline.isAt(now, "terminated");
    }

    @Override
    Optional<Instant> endedAt() {
        return timeline.entering("shutting-down").or(() -> timeline.entering("terminated"));
    }

    @Override
    String madeFrom() {
        return launch.image().id();
    }

    /** Begins to end the life. */
    void shutDown(Instant now, String reasonCode, String reasonMessage) {
        timeline.enter(now, "shutting-down", reasonCode, reasonMessage);
        transitionReason = reasonCode.startsWith("Client.UserInitiated") ? "User initiated (" + now + ")" : "";
    }

    void terminated(Instant at, String reasonCode, String reasonMessage) {
        timeline.enter(at, "terminated", reasonCode, reasonMessage);
    }

    void stop(Instant now, String reasonCode, String reasonMessage) {
        timeline.enter(now, "stopping", reasonCode, reasonMessage);
        transitionReason = "User initiated (" + now + ")";
    }

    void start(Instant now) {
        timeline.enter(now, "pending");
        transitionReason = "";
    }

    /** Lets it run from an instant on, unless something else became of it while it booted. */
    void boots(Instant runningAt, Instant now) {
        if (timeline.isAt(now, "pending")) {
            timeline.enter(runningAt, "running");
        }
    }

    /** Ends it while it boots, for a reason of EC2's own. */
    void failsToBoot(Instant at, Instant now, String message) {
        if (timeline.isAt(now, "pending")) {
            timeline.enter(at, "terminated", "Server.InternalError", "Server.InternalError: " + message);
        }
    }

    void reboot(Instant now) {
        lastReboot = now;
    }

    boolean isEnding(Instant now) {
        return timeline.isAt(now, "shutting-down", "terminated");
    }

    boolean holdsCapacityAt(Instant now) {
        return timeline.isAt(now, "pending", "running", "stopping");
    }

    void changeType(InstanceType newType) {
        type = newType;
    }

    void changeGroups(List<String> newGroupIds) {
        groupIds = List.copyOf(newGroupIds);
    }

    void protectFromTermination(boolean wanted) {
        terminationProtected = wanted;
    }

    boolean isTerminationProtected() {
        return terminationProtected;
    }

    String reservationId() {
        return reservationId;
    }

    LaunchSpec launch() {
        return launch;
    }

    Subnets.SubnetSpec subnet() {
        return subnet;
    }

    String privateIp() {
        return privateIp;
    }

    /** The public address, which it has while it runs; made of the private one, in the range for documentation. */
    Optional<String> publicIpAt(Instant now) {
        boolean has = timeline.isAt(now, "running") && LaunchZone.isPublic(launch.request());
        return has ? Optional.of("203.0.113." + privateIp.substring(privateIp.lastIndexOf('.') + 1)) : Optional.empty();
    }

    InstanceType instanceType() {
        return type;
    }

    List<String> groupIds() {
        return groupIds;
    }

    Timeline timeline() {
        return timeline;
    }

    String transitionReason() {
        return transitionReason;
    }

    private Optional<Instant> runningSince(Instant now) {
        Timeline.Phase phase = timeline.at(now);
        return phase.state().equals("running")
                ? Optional.of(lastReboot.isAfter(phase.from()) ? lastReboot : phase.from())
                : Optional.empty();
    }

    InstanceView viewAt(Instant now) {
        return new InstanceView(
                id(),
                stateAt(now),
                createdAt(),
                runningSince(now),
                launch.image().id(),
                launch.image().name(),
                launch.image().family(),
                privateIp,
                tags().settled(),
                launch.profileName());
    }
}
