package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** Describes, makes and deletes volumes. */
final class VolumeCalls {
    private final Ec2Place here;

    VolumeCalls(Ec2Place here) {
        this.here = here;
    }

    DescribeVolumesResponse describe(DescribeVolumesRequest request) {
        Pages.Request asked = new Pages.Request(request.maxResults(), request.nextToken())
                .within(5, 1_000)
                .notWith(request.volumeIds(), "volumesSet");
        request.volumeIds().forEach(this::get);
        Instant now = here.now();
        List<StoredVolume> found = here.volumes().values().stream()
                .filter(volume -> volume.isVisibleAt(now))
                .filter(volume ->
                        request.volumeIds().isEmpty() || request.volumeIds().contains(volume.id()))
                .filter(filters(now).parse(request.filters()))
                .toList();
        Pages.Page<StoredVolume> page = here.pages().page(found, StoredVolume::id, asked);
        return DescribeVolumesResponse.builder()
                .volumes(page.items().stream().map(volume -> model(volume, now)).toList())
                .nextToken(page.nextToken())
                .build();
    }

    CreateVolumeResponse create(CreateVolumeRequest request) {
        String zone = here.subnets()
                .inZone(LaunchChecks.require(request.availabilityZone(), "AvailabilityZone"))
                .zone();
        Optional<StoredSnapshot> snapshot =
                Optional.ofNullable(request.snapshotId()).map(new SnapshotAccess(here)::get);
        Optional<Integer> size = Optional.ofNullable(request.size()).or(() -> snapshot.map(StoredSnapshot::sizeGiB));
        DeviceSpec device = new DeviceSpec(
                "",
                snapshot.map(StoredSnapshot::id),
                LaunchChecks.require(size.orElse(null), "size or snapshotId"),
                Optional.ofNullable(request.volumeTypeAsString()).orElse("gp2"),
                Boolean.TRUE.equals(request.encrypted()),
                false);
        StoredVolume volume = here.track(new StoredVolume(
                here.ids().next("vol"), here.place(), here.now(), Ec2Resource.Origin.REQUESTED, zone, device));
        here.volumes().put(volume.id(), volume);
        here.tag(volume, TagRules.tagsFor("volume", request.tagSpecifications(), Set.of("volume")));
        return CreateVolumeResponse.builder()
                .volumeId(volume.id())
                .availabilityZone(zone)
                .size(device.sizeGiB())
                .snapshotId(device.snapshotId().orElse(""))
                .volumeType(device.volumeType())
                .encrypted(device.encrypted())
                .state("creating")
                .createTime(volume.createdAt())
                .tags(volume.tags().modelAt(here.now()))
                .build();
    }

    DeleteVolumeResponse delete(DeleteVolumeRequest request) {
        StoredVolume volume = get(LaunchChecks.require(request.volumeId(), "VolumeId"));
        volume.attachedTo(here.now()).ifPresent(instanceId -> {
            throw refused("VolumeInUse", "Volume " + volume.id() + " is currently attached to " + instanceId);
        });
        volume.delete(here.now());
        return DeleteVolumeResponse.builder().build();
    }

    private StoredVolume get(String id) {
        return Optional.ofNullable(here.volumes().get(id))
                .filter(volume -> volume.isVisibleAt(here.now()))
                .orElseThrow(() -> notFound(id));
    }

    private static SimulatorError notFound(String id) {
        return refused("InvalidVolume.NotFound", "The volume '" + id + "' does not exist.");
    }

    private static Filters<StoredVolume> filters(Instant now) {
        return Filters.<StoredVolume>ofTagged(now)
                .on("volume-id", StoredVolume::id)
                .on("status", volume -> volume.stateAt(now))
                .on("size", volume -> String.valueOf(volume.device().sizeGiB()))
                .on("volume-type", volume -> volume.device().volumeType())
                .on("encrypted", volume -> String.valueOf(volume.device().encrypted()))
                .on("availability-zone", StoredVolume::zone)
                .on("create-time", volume -> ImageModels.time(volume.createdAt()))
                .onAny("snapshot-id", volume -> volume.device().snapshotId().stream()
                        .toList())
                .onAny("attachment.instance-id", volume -> volume.attachedTo(now).stream()
                        .toList())
                .onAny("attachment.status", volume -> volume.attachedTo(now).stream()
                        .map(instance -> "attached")
                        .toList())
                .onAny("attachment.device", volume -> volume.attachedTo(now).stream()
                        .map(instance -> volume.device().deviceName())
                        .toList())
                .onAny("attachment.delete-on-termination", volume -> volume.attachedTo(now).stream()
                        .map(instance -> String.valueOf(volume.device().deleteOnTermination()))
                        .toList());
    }

    private static Volume model(StoredVolume volume, Instant now) {
        List<VolumeAttachment> attachments = volume.attachedTo(now).stream()
                .map(instanceId -> VolumeAttachment.builder()
                        .instanceId(instanceId)
                        .volumeId(volume.id())
                        .device(volume.device().deviceName())
                        .state("attached")
                        .attachTime(volume.createdAt())
                        .deleteOnTermination(volume.device().deleteOnTermination())
                        .build())
                .toList();
        return Volume.builder()
                .volumeId(volume.id())
                .state(volume.stateAt(now))
                .size(volume.device().sizeGiB())
                .snapshotId(volume.device().snapshotId().orElse(""))
                .volumeType(volume.device().volumeType())
                .encrypted(volume.device().encrypted())
                .availabilityZone(volume.zone())
                .createTime(volume.createdAt())
                .attachments(attachments)
                .tags(volume.tags().modelAt(now))
                .build();
    }
}
