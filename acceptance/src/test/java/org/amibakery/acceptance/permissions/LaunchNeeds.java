package org.amibakery.acceptance.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.amibakery.acceptance.infrastructure.Stack;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** What IAM is asked for a launch: about every resource that it takes or makes, their tags, and the role it hands on. */
final class LaunchNeeds {
    private static final String LAUNCH = "ec2:RunInstances";

    private final World world;
    private final String region;

    LaunchNeeds(World world, String region) {
        this.world = world;
        this.region = region;
    }

    List<Need> of(RunInstancesRequest launch) {
        List<Need> needs = new ArrayList<>();
        needs.add(image(launch.imageId()));
        List<Need> made = List.of(
                instance(launch),
                volume(launch),
                card(launch, launch.networkInterfaces().get(0)));
        needs.addAll(made);
        made.forEach(need -> needs.add(need.of("ec2:CreateTags").with("ec2:CreateAction", "RunInstances")));
        InstanceNetworkInterfaceSpecification card = launch.networkInterfaces().get(0);
        needs.add(inVpc(Need.of(LAUNCH, World.arn(region, card.subnetId()))).with("ec2:SubnetID", card.subnetId()));
        card.groups()
                .forEach(group -> needs.add(
                        inVpc(Need.of(LAUNCH, World.arn(region, group))).with("ec2:SecurityGroupID", group)));
        if (launch.keyName() != null) {
            needs.add(Need.of(
                    LAUNCH, "arn:aws:ec2:%s:%s:key-pair/%s".formatted(region, Stack.ACCOUNT, launch.keyName())));
        }
        needs.add(Need.of("iam:PassRole", world.stack().arn("BuilderRole"))
                .with("iam:PassedToService", "ec2.amazonaws.com"));
        return needs;
    }

    private Need image(String image) {
        return Need.of(LAUNCH, World.arn(region, image))
                .with("ec2:Owner", world.owner(image))
                .with("ec2:RootDeviceType", "ebs")
                .onResourceTagged(world.tags(image));
    }

    private Need instance(RunInstancesRequest launch) {
        InstanceMetadataOptionsRequest metadata = launch.metadataOptions();
        return Need.of(LAUNCH, World.arn(region, "i-new"))
                .requestingTags(Ec2Needs.tags(launch.tagSpecifications(), ResourceType.INSTANCE))
                .with("ec2:InstanceType", launch.instanceTypeAsString())
                .with("ec2:InstanceProfile", profile(launch.iamInstanceProfile()))
                .with("ec2:MetadataHttpEndpoint", metadata.httpEndpointAsString())
                .with("ec2:MetadataHttpTokens", metadata.httpTokensAsString())
                .with("ec2:MetadataHttpPutResponseHopLimit", String.valueOf(metadata.httpPutResponseHopLimit()));
    }

    private static String profile(IamInstanceProfileSpecification profile) {
        return profile.arn() != null
                ? profile.arn()
                : "arn:aws:iam::%s:instance-profile/%s".formatted(Stack.ACCOUNT, profile.name());
    }

    private Need volume(RunInstancesRequest launch) {
        EbsBlockDevice volume = launch.blockDeviceMappings().get(0).ebs();
        return Need.of(LAUNCH, World.arn(region, "vol-new"))
                .requestingTags(Ec2Needs.tags(launch.tagSpecifications(), ResourceType.VOLUME))
                .with("ec2:Encrypted", String.valueOf(Boolean.TRUE.equals(volume.encrypted())))
                .with("ec2:VolumeType", volume.volumeTypeAsString());
    }

    private Need card(RunInstancesRequest launch, InstanceNetworkInterfaceSpecification card) {
        Map<String, String> tags = Ec2Needs.tags(launch.tagSpecifications(), ResourceType.NETWORK_INTERFACE);
        return inVpc(Need.of(LAUNCH, World.arn(region, "eni-new")))
                .requestingTags(tags)
                .with("ec2:Subnet", World.arn(region, card.subnetId()))
                .with("ec2:AssociatePublicIpAddress", String.valueOf(card.associatePublicIpAddress()));
    }

    private Need inVpc(Need need) {
        return need.with("ec2:Vpc", World.arn(region, world.vpc()));
    }
}
