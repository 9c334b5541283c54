package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Where a launch request wants to go. */
final class LaunchZone {
    private LaunchZone() {}

    /** Finds the subnet id, named on the instance or on its first network interface. */
    static Optional<String> subnetId(RunInstancesRequest request) {
        Optional<String> onInterface =
                request.networkInterfaces().stream().findFirst().map(InstanceNetworkInterfaceSpecification::subnetId);
        if (!request.networkInterfaces().isEmpty() && request.subnetId() != null) {
            throw besideInterfaces("subnet ID");
        }
        if (!request.networkInterfaces().isEmpty()
                && !(request.securityGroupIds().isEmpty()
                        && request.securityGroups().isEmpty())) {
            throw besideInterfaces("security groups");
        }
        return Optional.ofNullable(request.subnetId()).or(() -> onInterface);
    }

    /** Says whether the instance gets a public address: as its interface says, else as its subnet is set. */
    static boolean isPublic(RunInstancesRequest request) {
        return request.networkInterfaces().stream()
                .findFirst()
                .map(InstanceNetworkInterfaceSpecification::associatePublicIpAddress)
                .orElse(Subnets.MAPS_PUBLIC_IP_ON_LAUNCH);
    }

    private static SimulatorError besideInterfaces(String what) {
        return refused(
                "InvalidParameterCombination",
                "Network interfaces and an instance-level " + what + " may not be specified on the same request");
    }

    /** Finds the zone that a subnet or the placement names. */
    static Optional<String> of(RunInstancesRequest request, Subnets subnets) {
        Optional<String> placed = Optional.ofNullable(request.placement()).map(it -> it.availabilityZone());
        return subnetId(request).map(id -> subnets.get(id).zone()).or(() -> placed);
    }
}
