package org.amibakery.acceptance.permissions;

import static java.util.Map.entry;

import java.util.Map;
import org.amibakery.acceptance.infrastructure.Stack;

/** Launches that differ from a builder's in one thing: what somebody would try who has the worker's credentials. */
final class LaunchNeighbors {
    private static final String ARN = "arn:aws:ec2:us-east-1:123456789012:";

    private final Stack stack;
    private final String vpc;
    private final Map<String, String> tags;

    private LaunchNeighbors(World world) {
        this.stack = world.stack();
        this.vpc = World.arn(Stack.REGION, world.vpc());
        this.tags = Map.of("ami-bakery:stack", stack.name());
    }

    /** By what they differ in: the one thing that IAM is asked and must deny. */
    static Map<String, Need> of(World world) {
        LaunchNeighbors launch = new LaunchNeighbors(world);
        return Map.ofEntries(
                entry("from a stranger's image", launch.image().with("ec2:Owner", "666677778888")),
                entry("from an image of the marketplace", launch.image().with("ec2:Owner", "aws-marketplace")),
                entry("with metadata for whoever asks", launch.instance().with("ec2:MetadataHttpTokens", "optional")),
                entry("with metadata as the account has it", launch.instance().without("ec2:MetadataHttpTokens")),
                entry(
                        "with metadata for containers",
                        launch.instance().with("ec2:MetadataHttpPutResponseHopLimit", "2")),
                entry("of a type that costs much", launch.instance().with("ec2:InstanceType", "x2idn.32xlarge")),
                entry("of metal", launch.instance().with("ec2:InstanceType", "m7g.metal")),
                entry("with another profile", launch.instance().with("ec2:InstanceProfile", profile("admin"))),
                entry("without a profile", launch.instance().without("ec2:InstanceProfile")),
                entry("without the stack's tag", launch.instance().without("aws:RequestTag/ami-bakery:stack")),
                entry("with a volume of nobody", launch.volume().without("aws:RequestTag/ami-bakery:stack")),
                entry("with a public address", launch.card().with("ec2:AssociatePublicIpAddress", "true")),
                entry("with an address as the subnet has it", launch.card().without("ec2:AssociatePublicIpAddress")),
                entry("in another network", launch.subnet().with("ec2:Vpc", ARN + "vpc/vpc-ffffffff")),
                entry("with an open security group", Need.of("ec2:RunInstances", ARN + "security-group/sg-ffffffff")),
                entry("with a key pair", Need.of("ec2:RunInstances", ARN + "key-pair/mine")),
                entry(
                        "from a launch template",
                        Need.of("ec2:RunInstances", ARN + "launch-template/lt-0a1b2c3d")
                                .onResourceTagged(launch.tags)));
    }

    private static String profile(String name) {
        return "arn:aws:iam::123456789012:instance-profile/" + name;
    }

    private Need image() {
        return Need.of("ec2:RunInstances", "arn:aws:ec2:us-east-1::image/ami-0a1b2c3d")
                .with("ec2:Owner", "amazon");
    }

    private Need instance() {
        return Need.of("ec2:RunInstances", ARN + "instance/i-new")
                .requestingTags(tags)
                .with("ec2:InstanceType", "t3.medium")
                .with("ec2:InstanceProfile", stack.arn("BuilderProfile"))
                .with("ec2:MetadataHttpTokens", "required")
                .with("ec2:MetadataHttpPutResponseHopLimit", "1");
    }

    private Need volume() {
        return Need.of("ec2:RunInstances", ARN + "volume/vol-new")
                .requestingTags(tags)
                .with("ec2:Encrypted", "true");
    }

    private Need card() {
        return Need.of("ec2:RunInstances", ARN + "network-interface/eni-new")
                .requestingTags(tags)
                .with("ec2:Vpc", vpc)
                .with("ec2:AssociatePublicIpAddress", "false");
    }

    private Need subnet() {
        return Need.of("ec2:RunInstances", ARN + "subnet/subnet-0a1b2c3d").with("ec2:Vpc", vpc);
    }
}
