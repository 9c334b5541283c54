package org.amibakery.builder.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.builder.BuilderSettings;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.recipe.VolumeSize;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Writes a launch as RunInstances takes it. The same launch always gives the same call: EC2 refuses a known token with
 * other parameters (IdempotentParameterMismatch).
 *
 * <p>No key pair, no inbound access, no public address unless the installation asks for it, IMDSv2 alone and one hop away, everything tagged from birth, and powering off means
 * termination.
 */
public final class LaunchCall {
    private LaunchCall() {}

    /** The same call as a rehearsal: EC2 answers whether it would have launched, and launches nothing (DryRun). */
    public static RunInstancesRequest rehearsalOf(LaunchBuilder launch) {
        return of(launch).toBuilder().dryRun(true).build();
    }

    static RunInstancesRequest of(LaunchBuilder launch) {
        BuilderSettings settings = launch.settings();
        return RunInstancesRequest.builder()
                .clientToken(launch.token().value())
                .minCount(1)
                .maxCount(1)
                .imageId(launch.foundation().id().value())
                .instanceType(launch.candidate().instanceType())
                .iamInstanceProfile(profile(settings.instanceProfile()))
                .metadataOptions(sessionTokensOnly())
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .blockDeviceMappings(rootDevice(launch))
                .tagSpecifications(tagSpecifications(settings.tags()))
                .userData(UserData.expiringAt(settings.expires()))
                .networkInterfaces(networkInterface(launch))
                .build();
    }

    /**
     * The one network interface. It alone can overrule the subnet's MapPublicIpOnLaunch, and where it is given, subnet and
     * groups may not stand beside it (InvalidParameterCombination).
     */
    private static InstanceNetworkInterfaceSpecification networkInterface(LaunchBuilder launch) {
        BuilderSettings settings = launch.settings();
        InstanceNetworkInterfaceSpecification.Builder card = InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .associatePublicIpAddress(settings.publicIp())
                .deleteOnTermination(true);
        launch.candidate().subnet().ifPresent(card::subnetId);
        if (!settings.securityGroups().isEmpty()) {
            card.groups(settings.securityGroups());
        }
        return card.build();
    }

    private static IamInstanceProfileSpecification profile(String nameOrArn) {
        IamInstanceProfileSpecification.Builder profile = IamInstanceProfileSpecification.builder();
        return nameOrArn.startsWith("arn:")
                ? profile.arn(nameOrArn).build()
                : profile.name(nameOrArn).build();
    }

    private static InstanceMetadataOptionsRequest sessionTokensOnly() {
        return InstanceMetadataOptionsRequest.builder()
                .httpEndpoint(InstanceMetadataEndpointState.ENABLED)
                .httpTokens(HttpTokensState.REQUIRED)
                .httpPutResponseHopLimit(1)
                .build();
    }

    private static BlockDeviceMapping rootDevice(LaunchBuilder launch) {
        BuilderSettings settings = launch.settings();
        EbsBlockDevice.Builder volume = EbsBlockDevice.builder()
                .deleteOnTermination(true)
                .volumeType(settings.rootVolume().type());
        settings.rootVolume().size().map(VolumeSize::gibibytes).ifPresent(volume::volumeSize);
        if (settings.encrypted()) {
            volume.encrypted(true); // left out otherwise: an encrypted snapshot refuses an explicit false
        }
        return BlockDeviceMapping.builder()
                .deviceName(launch.foundation().rootDeviceName())
                .ebs(volume.build())
                .build();
    }

    private static List<TagSpecification> tagSpecifications(Map<String, String> wanted) {
        Map<String, String> tags = new LinkedHashMap<>(wanted);
        tags.putIfAbsent("Name", "ami-bakery " + wanted.getOrDefault("ami-bakery:recipe", "builder"));
        List<Tag> list = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return Stream.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE)
                .map(type ->
                        TagSpecification.builder().resourceType(type).tags(list).build())
                .toList();
    }
}
