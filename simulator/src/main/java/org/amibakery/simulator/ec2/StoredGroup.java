package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;
import software.amazon.awssdk.services.ec2.model.IpPermission;

/** One security group of the default VPC. */
final class StoredGroup extends NamedResource {
    private final String description;
    private final List<IpPermission> ingress = new ArrayList<>();

    StoredGroup(String id, Place place, Instant now, Origin origin, Naming naming) {
        super(id, place, now, origin, naming.name());
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

    String groupName() {
        return name();
    }

    String description() {
        return description;
    }

    List<IpPermission> ingress() {
        return ingress;
    }
}
