package org.amibakery.simulator.ec2;

import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;

/** One EBS device of an image or a launch. Sizes are in GiB. */
record DeviceSpec(
        String deviceName,
        Optional<String> snapshotId,
        int sizeGiB,
        String volumeType,
        boolean encrypted,
        boolean deleteOnTermination) {

    DeviceSpec withSnapshot(String newSnapshotId) {
        return new DeviceSpec(
                deviceName, Optional.of(newSnapshotId), sizeGiB, volumeType, encrypted, deleteOnTermination);
    }

    DeviceSpec encrypt() {
        return new DeviceSpec(deviceName, snapshotId, sizeGiB, volumeType, true, deleteOnTermination);
    }

    BlockDeviceMapping model() {
        return BlockDeviceMapping.builder()
                .deviceName(deviceName)
                .ebs(ebs -> ebs.deleteOnTermination(deleteOnTermination)
                        .snapshotId(snapshotId.orElse(null))
                        .volumeSize(sizeGiB)
                        .volumeType(volumeType)
                        .encrypted(encrypted))
                .build();
    }
}
