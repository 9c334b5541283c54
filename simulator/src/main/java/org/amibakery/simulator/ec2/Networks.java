package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Describes the default VPC, its subnets and the network interfaces in them, and deletes what no instance holds. */
final class Networks {
    private static final int ADDRESSES = 4_091;

    private final Ec2Place here;

    Networks(Ec2Place here) {
        this.here = here;
    }

    DescribeVpcsResponse describeVpcs(DescribeVpcsRequest request) {
        String own = here.subnets().vpcId();
        request.vpcIds().stream().filter(id -> !id.equals(own)).findFirst().ifPresent(id -> {
            throw refused("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
        });
        Vpc vpc = Vpc.builder()
                .vpcId(own)
                .ownerId(here.account())
                .state("available")
                .cidrBlock("172.31.0.0/16")
                .isDefault(true)
                .instanceTenancy("default")
                .build();
        Filters<Vpc> filters = new Filters<Vpc>()
                .onTags(any -> Map.of())
                .on("vpc-id", Vpc::vpcId)
                .on("is-default", any -> "true")
                .on("isDefault", any -> "true")
                .on("state", Vpc::stateAsString)
                .on("cidr", Vpc::cidrBlock)
                .on("owner-id", Vpc::ownerId);
        return DescribeVpcsResponse.builder()
                .vpcs(List.of(vpc).stream()
                        .filter(filters.parse(request.filters()))
                        .toList())
                .build();
    }

    DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
        request.subnetIds().forEach(here.subnets()::get);
        Filters<Subnet> filters = new Filters<Subnet>()
                .onTags(any -> Map.of())
                .on("subnet-id", Subnet::subnetId)
                .on("vpc-id", Subnet::vpcId)
                .on("availability-zone", Subnet::availabilityZone)
                .on("availabilityZone", Subnet::availabilityZone)
                .on("availability-zone-id", Subnet::availabilityZoneId)
                .on("default-for-az", any -> "true")
                .on("defaultForAz", any -> "true")
                .on("state", Subnet::stateAsString)
                .on("cidr-block", Subnet::cidrBlock)
                .on("owner-id", Subnet::ownerId);
        return DescribeSubnetsResponse.builder()
                .subnets(here.subnets().all().stream()
                        .filter(subnet -> request.subnetIds().isEmpty()
                                || request.subnetIds().contains(subnet.id()))
                        .map(this::model)
                        .filter(filters.parse(request.filters()))
                        .toList())
                .build();
    }

    DescribeNetworkInterfacesResponse describeInterfaces(DescribeNetworkInterfacesRequest request) {
        Instant now = here.now();
        request.networkInterfaceIds().stream()
                .filter(id -> !here.interfaces().containsKey(id))
                .findFirst()
                .ifPresent(id -> {
                    throw noInterface(id);
                });
        Filters<StoredInterface> filters = Filters.<StoredInterface>ofTagged(now)
                .on("network-interface-id", StoredInterface::id)
                .on("status", card -> card.stateAt(now))
                .onAny("attachment.instance-id", card -> card.isAttachedAt(now) ? List.of(card.madeFrom()) : List.of())
                .on("subnet-id", card -> card.instance().subnet().id())
                .on("vpc-id", card -> here.subnets().vpcId())
                .on("private-ip-address", card -> card.instance().privateIp())
                .onAny("group-id", card -> card.instance().groupIds());
        List<StoredInterface> found = here.interfaces().values().stream()
                .filter(card -> card.isVisibleAt(now))
                .filter(card -> request.networkInterfaceIds().isEmpty()
                        || request.networkInterfaceIds().contains(card.id()))
                .filter(filters.parse(request.filters()))
                .toList();
        Pages.Request asked = new Pages.Request(request.maxResults(), request.nextToken()).within(5, 1_000);
        Pages.Page<StoredInterface> page = here.pages().page(found, StoredInterface::id, asked);
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items().stream().map(this::model).toList())
                .nextToken(page.nextToken())
                .build();
    }

    DeleteNetworkInterfaceResponse deleteInterface(DeleteNetworkInterfaceRequest request) {
        String id = LaunchChecks.require(request.networkInterfaceId(), "NetworkInterfaceId");
        StoredInterface card = Optional.ofNullable(here.interfaces().get(id))
                .filter(known -> known.isVisibleAt(here.now()))
                .orElseThrow(() -> noInterface(id));
        if (card.isAttachedAt(here.now())) {
            throw refused("InvalidParameterValue", "Network interface '" + id + "' is currently in use.");
        }
        card.delete(here.now());
        return DeleteNetworkInterfaceResponse.builder().build();
    }

    private static SimulatorError noInterface(String id) {
        return refused("InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '" + id + "' does not exist");
    }

    private Subnet model(Subnets.SubnetSpec subnet) {
        long taken = here.instances().values().stream()
                .filter(instance -> instance.subnet().equals(subnet) && !instance.isGoneAt(here.now()))
                .count();
        return Subnet.builder()
                .subnetId(subnet.id())
                .vpcId(here.subnets().vpcId())
                .ownerId(here.account())
                .state("available")
                .cidrBlock(subnet.cidr())
                .availabilityZone(subnet.zone())
                .availabilityZoneId(subnet.zoneId())
                .availableIpAddressCount(
                        here.behaviour().isFull(subnet.id()) ? 0 : (int) Math.max(0, ADDRESSES - taken))
                .defaultForAz(true)
                .mapPublicIpOnLaunch(Subnets.MAPS_PUBLIC_IP_ON_LAUNCH)
                .build();
    }

    private NetworkInterface model(StoredInterface card) {
        NetworkInterface.Builder model = NetworkInterface.builder()
                .networkInterfaceId(card.id())
                .status(card.stateAt(here.now()))
                .ownerId(here.account())
                .subnetId(card.instance().subnet().id())
                .vpcId(here.subnets().vpcId())
                .availabilityZone(card.instance().subnet().zone())
                .privateIpAddress(card.instance().privateIp())
                .tagSet(card.tags().modelAt(here.now()));
        if (card.isAttachedAt(here.now())) {
            model.attachment(attached ->
                    attached.instanceId(card.instance().id()).deleteOnTermination(card.deletesOnTermination()));
        }
        return model.build();
    }
}
