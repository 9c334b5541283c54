package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;

/** One EBS snapshot, made for an image. */
final class StoredSnapshot extends Ec2Resource {
    private final String imageId;
    private final String volumeId;
    private final int sizeGiB;
    private final boolean encrypted;
    private final String description;
    private final Timeline timeline;
    private final Set<String> sharedWith = new LinkedHashSet<>();

    StoredSnapshot(Identity identity, DeviceSpec device, Timeline timeline) {
        super(identity.id(), identity.place(), identity.createdAt(), identity.createdAt(), identity.origin());
        this.imageId = identity.imageId();
        this.volumeId = identity.volumeId();
        this.description = identity.description();
        this.sizeGiB = device.sizeGiB();
        this.encrypted = device.encrypted();
        this.timeline = timeline;
    }

    /** What identifies a snapshot; a copied one has the volume id vol-ffffffff, as on AWS. */
    record Identity(
            String id,
            Place place,
            Instant createdAt,
            Origin origin,
            String imageId,
            String volumeId,
            String description) {}

    @Override
    ResourceKind kind() {
        return ResourceKind.SNAPSHOT;
    }

    @Override
    String type() {
        return "snapshot";
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
        return imageId;
    }

    void delete(Instant now) {
        timeline.enter(now, "deleted");
    }

    String volumeId() {
        return volumeId;
    }

    int sizeGiB() {
        return sizeGiB;
    }

    boolean isEncrypted() {
        return encrypted;
    }

    String description() {
        return description;
    }

    Timeline timeline() {
        return timeline;
    }

    Set<String> sharedWith() {
        return sharedWith;
    }
}
