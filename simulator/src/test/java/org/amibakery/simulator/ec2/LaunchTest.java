package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.amibakery.simulator.ec2.QuietEc2.filter;
import static org.amibakery.simulator.ec2.QuietEc2.rootDevice;
import static org.amibakery.simulator.ec2.QuietEc2.tags;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

class LaunchTest {
    private final QuietEc2 aws = QuietEc2.unlimited();

    @Test
    void capacity_is_a_matter_of_type_and_zone() {
        aws.facts.hasNoCapacityFor("t3.medium", "eu-west-1a");
        List<String> subnets = aws.facts.subnetIds();

        assertRefused(
                        "InsufficientInstanceCapacity",
                        () -> aws.ec2.runInstances(
                                aws.aLaunch().subnetId(subnets.get(0)).build()))
                .hasMessageContaining("eu-west-1b, eu-west-1c");

        assertThat(aws.ec2
                        .runInstances(aws.aLaunch().subnetId(subnets.get(1)).build())
                        .instances())
                .hasSize(1);
    }

    @Test
    void quotas_are_counted_over_living_instances() {
        aws.facts.allowsVcpus(4);
        aws.runningInstance();
        String second = aws.runningInstance().instanceId();

        assertRefused(
                        "VcpuLimitExceeded",
                        () -> aws.ec2.runInstances(aws.aLaunch().build()))
                .hasMessageContaining("current vCPU limit of 4");

        aws.ec2.terminateInstances(request -> request.instanceIds(second));
        assertThat(aws.ec2.runInstances(aws.aLaunch().build()).instances()).hasSize(1);
    }

    @Test
    void the_instance_quota_and_full_subnets_are_refused_by_name() {
        String subnet = aws.facts.subnetIds().get(0);
        aws.facts.hasNoAddressesIn(subnet);
        assertRefused(
                        "InsufficientFreeAddressesInSubnet",
                        () -> aws.ec2.runInstances(
                                aws.aLaunch().subnetId(subnet).build()))
                .hasMessageContaining(subnet);

        aws.facts.allowsInstances(0);
        assertRefused(
                        "InstanceLimitExceeded",
                        () -> aws.ec2.runInstances(aws.aLaunch().build()))
                .hasMessageContaining("Your quota allows for 0 more");
    }

    @Test
    void an_instance_profile_must_have_propagated() {
        aws.facts.createsInstanceProfile("fresh", Duration.ofSeconds(10));
        RunInstancesRequest launch = aws.aLaunch()
                .iamInstanceProfile(profile -> profile.name("fresh"))
                .build();

        assertRefused("InvalidParameterValue", () -> aws.ec2.runInstances(launch))
                .hasMessage("Value (fresh) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance"
                        + " Profile name");

        aws.passes(Duration.ofSeconds(10));
        assertThat(aws.ec2.runInstances(launch).instances()).hasSize(1);
    }

    static List<Refused> refusals() {
        return List.of(
                new Refused("MissingParameter", "ImageId", launch -> launch.imageId(null)),
                new Refused("MissingParameter", "MinCount", launch -> launch.minCount(null)),
                new Refused("InvalidAMIID.Malformed", "ami-?", launch -> launch.imageId("ami-?")),
                new Refused(
                        "InvalidAMIID.NotFound", "does not exist", launch -> launch.imageId("ami-0123456789abcdef0")),
                new Refused("InvalidParameterValue", "t9.huge", launch -> launch.instanceType("t9.huge")),
                new Refused("InvalidParameterValue", "architecture", launch -> launch.instanceType("t4g.medium")),
                new Refused("InvalidSubnetID.NotFound", "subnet-0", launch -> launch.subnetId("subnet-0")),
                new Refused("InvalidGroup.NotFound", "sg-0", launch -> launch.securityGroupIds("sg-0")),
                new Refused("InvalidKeyPair.NotFound", "nobody", launch -> launch.keyName("nobody")),
                new Refused(
                        "InvalidParameterValue",
                        "Profile name",
                        launch -> launch.iamInstanceProfile(profile -> profile.name("nobody"))),
                new Refused("InvalidUserData.Malformed", "BASE64", launch -> launch.userData("#!/bin/sh")),
                new Refused("InvalidParameterValue", "16384", launch -> launch.userData(base64("x".repeat(16_385)))),
                new Refused("InvalidParameterValue", "Client token", launch -> launch.clientToken("x".repeat(65))),
                new Refused(
                        "InvalidParameterValue",
                        "aws:",
                        launch -> launch.tagSpecifications(tags("instance", "aws:mine", "v"))),
                new Refused(
                        "InvalidParameterValue",
                        "not a valid taggable",
                        launch -> launch.tagSpecifications(tags("image", "a", "v"))),
                new Refused(
                        "InvalidBlockDeviceMapping",
                        "expect size >= 8GB",
                        launch -> launch.blockDeviceMappings(rootDevice(ebs -> ebs.volumeSize(4)))),
                new Refused(
                        "InvalidParameterValue",
                        "httpTokens",
                        launch -> launch.metadataOptions(options -> options.httpTokens("perhaps"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void what_aws_would_refuse_is_refused(Refused row) {
        RunInstancesRequest.Builder launch = aws.aLaunch();
        row.mistake().accept(launch);

        assertRefused(row.code(), () -> aws.ec2.runInstances(launch.build())).hasMessageContaining(row.words());
        assertThat(aws.ledger.everything()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "deregistered"})
    void an_image_that_is_not_available_cannot_be_launched(String state) {
        String imageId = state.equals("pending")
                ? aws.ec2
                        .describeImages(request -> request.owners("amazon").filters(filter("state", "pending")))
                        .images()
                        .get(0)
                        .imageId()
                : withdrawn();

        assertRefused(
                        "InvalidAMIID.Unavailable",
                        () -> aws.ec2.runInstances(
                                aws.aLaunch().imageId(imageId).build()))
                .hasMessageContaining(imageId);
    }

    @Test
    void more_than_fifty_tags_are_refused() {
        Tag[] tags = new Tag[51];
        for (int index = 0; index < tags.length; index++) {
            tags[index] = Tag.builder().key("k" + index).value("v").build();
        }
        TagSpecification many =
                TagSpecification.builder().resourceType("instance").tags(tags).build();

        assertRefused(
                        "TagLimitExceeded",
                        () -> aws.ec2.runInstances(
                                aws.aLaunch().tagSpecifications(many).build()))
                .hasMessageContaining("50");
    }

    @Test
    void tags_devices_and_options_of_the_launch_are_kept() {
        String id = aws.runningInstance(launch -> launch.tagSpecifications(
                                tags("instance", "on-instance", "v"),
                                tags("volume", "on-volume", "v"),
                                tags("network-interface", "on-card", "v"))
                        .blockDeviceMappings(
                                rootDevice(ebs -> ebs.volumeSize(12).encrypted(true)))
                        .metadataOptions(options -> options.httpTokens("required"))
                        .iamInstanceProfile(profile -> profile.name("ami-bakery-builder")))
                .instanceId();

        assertThat(aws.instance(id).metadataOptions().httpTokensAsString()).isEqualTo("required");
        assertThat(aws.instance(id).tags()).extracting(Tag::key).containsExactly("on-instance");
        Filter ofInstance = filter("attachment.instance-id", id);
        assertThat(aws.ec2
                        .describeVolumes(request -> request.filters(ofInstance))
                        .volumes())
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.size()).isEqualTo(12);
                    assertThat(volume.encrypted()).isTrue();
                    assertThat(volume.tags()).extracting(Tag::key).containsExactly("on-volume");
                });
        assertThat(aws.ec2
                        .describeNetworkInterfaces(request -> request.filters(ofInstance))
                        .networkInterfaces())
                .singleElement()
                .satisfies(
                        card -> assertThat(card.tagSet()).extracting(Tag::key).containsExactly("on-card"));
        assertThat(aws.fleet().find(id).orElseThrow().instanceProfile()).contains("ami-bakery-builder");
    }

    private static InstanceNetworkInterfaceSpecification.Builder card() {
        return InstanceNetworkInterfaceSpecification.builder().deviceIndex(0);
    }

    @Test
    void an_interface_decides_over_its_subnet_whether_an_instance_is_public() {
        String subnet = aws.facts.subnetIds().get(0);
        String open = aws.runningInstance(launch -> launch.subnetId(subnet)).instanceId();
        String closed = aws.runningInstance(launch -> launch.networkInterfaces(
                        card().subnetId(subnet).associatePublicIpAddress(false).build()))
                .instanceId();

        assertThat(aws.instance(open).publicIpAddress()).startsWith("203.0.113.");
        assertThat(aws.instance(closed).publicIpAddress()).isNull();
        assertThat(aws.instance(closed).subnetId()).isEqualTo(subnet);
    }

    @Test
    void subnet_and_groups_belong_to_the_interface_where_there_is_one() {
        String group = aws.facts.defaultSecurityGroupId();
        RunInstancesRequest launch =
                aws.aLaunch().networkInterfaces(card().groups(group).build()).build();

        assertRefused(
                        "InvalidParameterCombination",
                        () -> aws.ec2.runInstances(
                                launch.toBuilder().securityGroupIds(group).build()))
                .hasMessageContaining(
                        "Network interfaces and an instance-level security groups may not be specified on the same request");
        assertRefused(
                        "InvalidParameterCombination",
                        () -> aws.ec2.runInstances(launch.toBuilder()
                                .subnetId(aws.facts.subnetIds().get(0))
                                .build()))
                .hasMessageContaining("instance-level subnet ID");
        assertThat(aws.ec2.runInstances(launch).instances().get(0).securityGroups())
                .extracting(found -> found.groupId())
                .containsExactly(group);
    }

    @Test
    void a_launch_template_fills_what_the_launch_leaves_open() {
        String imageId = aws.amazonLinux("x86_64").imageId();
        aws.ec2.createLaunchTemplate(
                request -> request.launchTemplateName("builders").launchTemplateData(data -> data.imageId(imageId)
                        .instanceType("t3.small")
                        .tagSpecifications(LaunchTemplateTagSpecificationRequest.builder()
                                .resourceType("instance")
                                .tags(Tag.builder()
                                        .key("team")
                                        .value("platform")
                                        .build())
                                .build())));

        String id = aws.ec2
                .runInstances(request -> request.launchTemplate(template -> template.launchTemplateName("builders"))
                        .instanceType("t3.large")
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .get(0)
                .instanceId();
        aws.settles();

        assertThat(aws.instance(id).imageId()).isEqualTo(imageId);
        assertThat(aws.instance(id).instanceTypeAsString()).isEqualTo("t3.large");
        assertThat(aws.instance(id).tags()).extracting(Tag::value).containsExactly("platform");
    }

    record Refused(String code, String words, Consumer<RunInstancesRequest.Builder> mistake) {
        @Override
        public String toString() {
            return code + " " + words;
        }
    }

    private String withdrawn() {
        String imageId = aws.amazonLinux("x86_64").imageId();
        aws.facts.withdrawsImage(imageId);
        return imageId;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
