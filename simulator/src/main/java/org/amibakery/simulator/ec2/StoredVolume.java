package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;

/** One EBS volume, attached to an instance for life or to none. */
final class StoredVolume extends Ec2Resource {
    private final String zone;
    private final Optional<String> instanceId;
    private DeviceSpec device;
    private final Timeline timeline;

    StoredVolume(String id, Place place, Instant now, Origin origin, String zone, DeviceSpec device) {
        this(id, place, now, origin, zone, device, Optional.empty());
    }

    StoredVolume(
            String id,
            Place place,
            Instant now,
            Origin origin,
            String zone,
            DeviceSpec device,
            Optional<String> instanceId) {
        super(id, place, now, now, origin);
        this.zone = zone;
        this.device = device;
        this.instanceId = instanceId;
        this.timeline = new Timeline(now, instanceId.isPresent() ? "in-use" : "available");
    }

    @Override
    ResourceKind kind() {
        return ResourceKind.VOLUME;
    }

    @Override
    String type() {
        return "volume";
    }

    @Override
    String stateAt(Instant now) {
        return timeline.stateAt(now);
    }

    @Override
    boolean existsAt(Instant now) {
        return !isGoneAt(now);
    }

    @Override
    boolean isGoneAt(Instant now) {
        return timeline.isAt(now, "deleted");
    }

    @Override
    Optional<Instant> endedAt() {
        return timeline.entering("deleted");
    }

    @Override
    String madeFrom() {
        return instanceId.orElse("");
    }

    /** Follows its instance into the grave, or survives it unattached (BlockDeviceMapping DeleteOnTermination). */
    void instanceEnds(Instant terminatedAt) {
        timeline.enter(terminatedAt, device.deleteOnTermination() ? "deleted" : "available");
    }

    void delete(Instant now) {
        timeline.enter(now, "deleted");
    }

    void deleteOnTermination(boolean wanted) {
        device = new DeviceSpec(
                device.deviceName(),
                device.snapshotId(),
                device.sizeGiB(),
                device.volumeType(),
                device.encrypted(),
                wanted);
    }

    String zone() {
        return zone;
    }

    DeviceSpec device() {
        return device;
    }

    /** Names the instance while the volume is attached to it. */
    Optional<String> attachedTo(Instant now) {
        return instanceId.filter(id -> timeline.isAt(now, "in-use"));
    }
}
