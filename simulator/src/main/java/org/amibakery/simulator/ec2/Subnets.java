package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.ArrayList;
import java.util.List;

/** The default VPC of a place: three default subnets in three zones. */
final class Subnets {
    /** One subnet; every launched instance takes an address of it until it is terminated. */
    record SubnetSpec(String id, String zone, String zoneId, String cidr) {}

    /** Default subnets give every instance a public address, unless its launch says otherwise. */
    static final boolean MAPS_PUBLIC_IP_ON_LAUNCH = true;

    private final String vpcId;
    private final List<SubnetSpec> all = new ArrayList<>();

    Subnets(Ids ids, String region) {
        vpcId = ids.next("vpc");
        String[] letters = {"a", "b", "c"};
        for (int zone = 0; zone < letters.length; zone++) {
            String zoneId = shortName(region) + "-az" + (zone + 1);
            all.add(new SubnetSpec(
                    ids.next("subnet"), region + letters[zone], zoneId, "172.31." + 16 * zone + ".0/20"));
        }
    }

    String vpcId() {
        return vpcId;
    }

    List<SubnetSpec> all() {
        return List.copyOf(all);
    }

    SubnetSpec get(String id) {
        return all.stream()
                .filter(subnet -> subnet.id().equals(id))
                .findFirst()
                .orElseThrow(() -> refused("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist"));
    }

    SubnetSpec inZone(String zone) {
        return all.stream()
                .filter(subnet -> subnet.zone().equals(zone))
                .findFirst()
                .orElseThrow(() -> refused("InvalidParameterValue", "Invalid availability zone: [" + zone + "]"));
    }

    private static String shortName(String region) {
        String[] parts = region.split("-", -1);
        return parts.length < 3 ? region : parts[0] + parts[1].charAt(0) + parts[2];
    }
}
