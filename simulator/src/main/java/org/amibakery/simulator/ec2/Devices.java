package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;

/** Merges the block devices of a request into those of an image. */
final class Devices {
    private static final Set<String> VOLUME_TYPES = Set.of("gp2", "gp3", "io1", "io2", "st1", "sc1", "standard");

    private final Ec2Place here;

    Devices(Ec2Place here) {
        this.here = here;
    }

    List<DeviceSpec> merge(StoredImage image, List<BlockDeviceMapping> asked) {
        Map<String, DeviceSpec> devices = new LinkedHashMap<>();
        image.devices().forEach(device -> devices.put(device.deviceName(), device));
        for (BlockDeviceMapping mapping : asked) {
            String name = LaunchChecks.require(mapping.deviceName(), "BlockDeviceMapping.DeviceName");
            if (mapping.noDevice() != null) {
                devices.remove(name);
            } else if (mapping.ebs() != null) {
                devices.put(name, merge(name, Optional.ofNullable(devices.get(name)), mapping.ebs()));
            }
        }
        return List.copyOf(devices.values());
    }

    private DeviceSpec merge(String name, Optional<DeviceSpec> imageDevice, EbsBlockDevice asked) {
        Optional<String> snapshotId =
                Optional.ofNullable(asked.snapshotId()).or(() -> imageDevice.flatMap(DeviceSpec::snapshotId));
        int least = snapshotId.map(this::sizeOf).orElse(1);
        Optional<Integer> size = Optional.ofNullable(asked.volumeSize())
                .or(() -> imageDevice.map(DeviceSpec::sizeGiB))
                .or(() -> snapshotId.map(this::sizeOf));
        int sizeGiB = LaunchChecks.require(size.orElse(null), "size or snapshotId");
        if (sizeGiB < least) {
            throw refused(
                    "InvalidBlockDeviceMapping",
                    "Volume of size " + sizeGiB + "GB is smaller than snapshot '" + snapshotId.orElse("")
                            + "', expect size >= " + least + "GB");
        }
        LaunchChecks.oneOf(asked.volumeTypeAsString(), VOLUME_TYPES, "volumeType");
        return new DeviceSpec(
                name,
                snapshotId,
                sizeGiB,
                Optional.ofNullable(asked.volumeTypeAsString())
                        .or(() -> imageDevice.map(DeviceSpec::volumeType))
                        .orElse("gp2"),
                Boolean.TRUE.equals(asked.encrypted())
                        || imageDevice.map(DeviceSpec::encrypted).orElse(false),
                Optional.ofNullable(asked.deleteOnTermination())
                        .or(() -> imageDevice.map(DeviceSpec::deleteOnTermination))
                        .orElse(true));
    }

    private int sizeOf(String snapshotId) {
        return here.images()
                .snapshot(snapshotId)
                .filter(snapshot -> snapshot.existsAt(here.now()))
                .map(StoredSnapshot::sizeGiB)
                .orElseThrow(() -> SnapshotAccess.notFound(snapshotId));
    }
}
