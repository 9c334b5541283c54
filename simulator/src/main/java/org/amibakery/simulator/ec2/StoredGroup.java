package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;
import software.amazon.awssdk.services.ec2.model.IpPermission;

/** One security group of the default VPC. */
final class StoredGroup extends Ec2Resource {
    private final String groupName;
    private final String description;
    private final List<IpPermission> ingress = new ArrayList<>();
    private Optional<Instant> deletedAt = Optional.empty();

    StoredGroup(String id, Place place, Instant now, Origin origin, Naming naming) {
        super(id, place, now, now, origin);
        this.groupName = naming.name();
        this.description = naming.description();
    }

    record Naming(String name, String description) {}

    @Override
    ResourceKind kind() {
        return ResourceKind.SECURITY_GROUP;
    }

    @Override
    String type() {
        return "security-group";
    }

    @Override
    String name() {
        return groupName;
    }

    @Override
    String stateAt(Instant now) {
        return isGoneAt(now) ? "deleted" : "exists";
    }

    @Override
    boolean existsAt(Instant now) {
        return deletedAt.isEmpty();
    }

    @Override
    boolean isGoneAt(Instant now) {
        return deletedAt.isPresent();
    }

    @Override
    Optional<Instant> endedAt() {
        return deletedAt;
    }

    @Override
    String madeFrom() {
        return "";
    }

    void delete(Instant now) {
        deletedAt = Optional.of(now);
    }

    String groupName() {
        return groupName;
    }

    String description() {
        return description;
    }

    List<IpPermission> ingress() {
        return ingress;
    }
}
