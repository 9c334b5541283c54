package org.amibakery.simulator.ec2;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * A launch request after every check, with templates, defaults and the image's own settings merged in.
 *
 * @param request the merged request, for the settings that are only echoed
 */
record LaunchSpec(
        RunInstancesRequest request,
        StoredImage image,
        InstanceType type,
        List<String> groupIds,
        Optional<String> profileName,
        List<DeviceSpec> devices,
        boolean terminationProtected) {}
