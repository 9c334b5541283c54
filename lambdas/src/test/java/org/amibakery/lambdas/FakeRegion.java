package org.amibakery.lambdas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amibakery.lambdas.Pages.Page;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;

/** A fleet with the rest of what a bake makes: volumes, network interfaces, and instances that can be terminated. */
public final class FakeRegion extends FakeFleet {
    private final Map<String, Volume> volumes = new LinkedHashMap<>();
    private final Map<String, NetworkInterface> cards = new LinkedHashMap<>();
    private final List<Region> regions = new ArrayList<>();

    public FakeRegion(long seed) {
        super(seed);
        knowsRegion("eu-west-1", "opt-in-not-required");
    }

    public void knowsRegion(String name, String optInStatus) {
        regions.add(Region.builder().regionName(name).optInStatus(optInStatus).build());
    }

    public void has(Volume volume) {
        volumes.put(volume.volumeId(), volume);
    }

    public void has(NetworkInterface card) {
        cards.put(card.networkInterfaceId(), card);
    }

    public Set<String> volumeIds() {
        return Set.copyOf(volumes.keySet());
    }

    public Set<String> cardIds() {
        return Set.copyOf(cards.keySet());
    }

    @Override
    public DescribeRegionsResponse describeRegions(DescribeRegionsRequest request) {
        faults().before("DescribeRegions", List.of());
        return DescribeRegionsResponse.builder().regions(regions).build();
    }

    @Override
    public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
        faults().before("DescribeVolumes", List.of());
        List<Volume> found = volumes.values().stream()
                .filter(volume -> Filters.match(volume, request.filters(), FakeRegion::ofVolume))
                .toList();
        Page<Volume> page = pages().page(found, request.nextToken());
        return DescribeVolumesResponse.builder()
                .volumes(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<String> ofVolume(Volume volume, String filter) {
        return switch (filter) {
            case "volume-id" -> List.of(volume.volumeId());
            case "status" -> List.of(volume.stateAsString());
            default -> Filters.ofTags(volume.tags(), filter);
        };
    }

    @Override
    public DescribeNetworkInterfacesResponse describeNetworkInterfaces(DescribeNetworkInterfacesRequest request) {
        faults().before("DescribeNetworkInterfaces", List.of());
        List<NetworkInterface> found = cards.values().stream()
                .filter(card -> Filters.match(card, request.filters(), FakeRegion::ofCard))
                .toList();
        Page<NetworkInterface> page = pages().page(found, request.nextToken());
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<String> ofCard(NetworkInterface card, String filter) {
        return switch (filter) {
            case "network-interface-id" -> List.of(card.networkInterfaceId());
            case "status" -> List.of(card.statusAsString());
            default -> Filters.ofTags(card.tagSet(), filter);
        };
    }

    @Override
    public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
        faults().before("TerminateInstances", request.instanceIds());
        for (String id : request.instanceIds()) {
            if (!users().shutDown(id)) {
                throw Faults.error("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
            }
        }
        faults().afterCommit("TerminateInstances");
        return TerminateInstancesResponse.builder().build();
    }

    @Override
    public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
        String id = request.volumeId();
        faults().before("DeleteVolume", List.of(id));
        if (!volumes.containsKey(id)) {
            throw Faults.error("InvalidVolume.NotFound", "The volume '" + id + "' does not exist.");
        }
        if (!volumes.get(id).stateAsString().equals("available")) {
            throw Faults.error("VolumeInUse", "Volume " + id + " is currently attached to i-1");
        }
        volumes.remove(id);
        faults().afterCommit("DeleteVolume");
        return DeleteVolumeResponse.builder().build();
    }

    @Override
    public DeleteNetworkInterfaceResponse deleteNetworkInterface(DeleteNetworkInterfaceRequest request) {
        String id = request.networkInterfaceId();
        faults().before("DeleteNetworkInterface", List.of(id));
        if (!cards.containsKey(id)) {
            throw Faults.error(
                    "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '" + id + "' does not exist");
        }
        if (!cards.get(id).statusAsString().equals("available")) {
            throw Faults.error("InvalidParameterValue", "Network interface '" + id + "' is currently in use.");
        }
        cards.remove(id);
        faults().afterCommit("DeleteNetworkInterface");
        return DeleteNetworkInterfaceResponse.builder().build();
    }
}
