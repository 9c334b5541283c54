package org.amibakery.acceptance.permissions;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.acceptance.infrastructure.Stack;
import org.amibakery.acceptance.permissions.IamEvaluation.Verdict;
import org.junit.jupiter.api.Test;

/** A worker whose credentials were stolen launches builders as ours are, and nothing else. */
class LaunchNeighborsTest {
    private static final String VPC = "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0a1b2c3d";
    private static final Map<String, String> TAGS = Map.of("ami-bakery:stack", "ami-bakery");

    private final Stack stack = Stack.standard();
    private final IamEvaluation iam = IamEvaluation.require(stack);

    @Test
    void a_builder_as_ours_are_is_launched() {
        assertThat(evaluate(image(), instance(), volume(), card(), subnet(), group()))
                .allMatch(Verdict::isAllowed);
    }

    @Test
    void nothing_that_differs_from_it_is_launched() {
        List<Question> questions = neighbors().values().stream()
                .map(need -> Question.of(Principal.WORKER, need))
                .toList();

        assertThat(iam.evaluate(questions)).allMatch(Verdict::isDenied);
        assertThat(iam.withoutLimits().evaluate(questions)).allMatch(Verdict::isAllowed);
    }

    /** How a launch could differ, and what IAM would then be asked. */
    private Map<String, Need> neighbors() {
        return Map.ofEntries(
                entry("from a stranger's image", image().with("ec2:Owner", "666677778888")),
                entry("from an image of the marketplace", image().with("ec2:Owner", "aws-marketplace")),
                entry("with metadata for whoever asks", instance().with("ec2:MetadataHttpTokens", "optional")),
                entry("with metadata as the account has it", instance().without("ec2:MetadataHttpTokens")),
                entry("with metadata for containers", instance().with("ec2:MetadataHttpPutResponseHopLimit", "2")),
                entry("of a type that costs much", instance().with("ec2:InstanceType", "x2idn.32xlarge")),
                entry("of metal", instance().with("ec2:InstanceType", "m7g.metal")),
                entry(
                        "with another profile",
                        instance().with("ec2:InstanceProfile", "arn:aws:iam::123456789012:instance-profile/admin")),
                entry("without a profile", instance().without("ec2:InstanceProfile")),
                entry("without the stack's tag", instance().without("aws:RequestTag/ami-bakery:stack")),
                entry("with a volume of nobody", volume().without("aws:RequestTag/ami-bakery:stack")),
                entry("with a public address", card().with("ec2:AssociatePublicIpAddress", "true")),
                entry("with an address as the subnet has it", card().without("ec2:AssociatePublicIpAddress")),
                entry("in another network", subnet().with("ec2:Vpc", VPC.replace("1b2c", "ffff"))),
                entry("in another region", subnet().about("arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-0a1b2c3d")),
                entry(
                        "with an open security group",
                        group().about("arn:aws:ec2:us-east-1:123456789012:security-group/sg-ffffffff")),
                entry(
                        "with a key pair",
                        Need.of("ec2:RunInstances", "arn:aws:ec2:us-east-1:123456789012:key-pair/mine")),
                entry(
                        "from a launch template",
                        Need.of("ec2:RunInstances", "arn:aws:ec2:us-east-1:123456789012:launch-template/lt-0a1b2c3d")
                                .onResourceTagged(TAGS)));
    }

    @Test
    void public_addresses_are_given_where_the_installation_says_so_and_only_then() {
        Stack open = Stack.with(Map.of("PublicIp", "true"));
        IamEvaluation opened = IamEvaluation.require(open);
        Need withAddress = card().with("ec2:AssociatePublicIpAddress", "true");

        assertThat(opened.evaluate(List.of(Question.of(Principal.WORKER, withAddress))))
                .allMatch(Verdict::isAllowed);
    }

    private List<Verdict> evaluate(Need... needs) {
        return iam.evaluate(Stream.of(needs)
                .map(need -> Question.of(Principal.WORKER, need))
                .toList());
    }

    private Need image() {
        return Need.of("ec2:RunInstances", "arn:aws:ec2:us-east-1::image/ami-0a1b2c3d")
                .with("ec2:Owner", "amazon");
    }

    private Need instance() {
        return Need.of("ec2:RunInstances", "arn:aws:ec2:us-east-1:123456789012:instance/i-new")
                .requestingTags(TAGS)
                .with("ec2:InstanceType", "t3.medium")
                .with("ec2:InstanceProfile", stack.arn("BuilderProfile"))
                .with("ec2:MetadataHttpTokens", "required")
                .with("ec2:MetadataHttpPutResponseHopLimit", "1");
    }

    private Need volume() {
        return Need.of("ec2:RunInstances", "arn:aws:ec2:us-east-1:123456789012:volume/vol-new")
                .requestingTags(TAGS)
                .with("ec2:Encrypted", "true");
    }

    private Need card() {
        return Need.of("ec2:RunInstances", "arn:aws:ec2:us-east-1:123456789012:network-interface/eni-new")
                .requestingTags(TAGS)
                .with("ec2:Vpc", VPC)
                .with("ec2:AssociatePublicIpAddress", "false");
    }

    private Need subnet() {
        return Need.of("ec2:RunInstances", "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0a1b2c3d")
                .with("ec2:Vpc", VPC);
    }

    private Need group() {
        return Need.of(
                        "ec2:RunInstances",
                        "arn:aws:ec2:us-east-1:123456789012:security-group/" + stack.reference("BuilderSecurityGroup"))
                .with("ec2:Vpc", VPC);
    }
}
