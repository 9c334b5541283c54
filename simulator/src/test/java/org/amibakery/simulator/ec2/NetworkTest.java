package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.amibakery.simulator.ec2.QuietEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.amibakery.simulator.world.LedgerEntry;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.Subnet;

class NetworkTest {
    private final QuietEc2 aws = QuietEc2.unlimited();

    @Test
    void the_default_vpc_has_a_subnet_in_each_of_three_zones() {
        assertThat(aws.ec2.describeSubnets(request -> {}).subnets())
                .extracting(Subnet::availabilityZone)
                .containsExactly("eu-west-1a", "eu-west-1b", "eu-west-1c");
        assertThat(aws.ec2
                        .describeVpcs(request -> request.filters(filter("is-default", "true")))
                        .vpcs())
                .hasSize(1);
        assertThat(aws.ec2.describeRegions(request -> {}).regions())
                .extracting(Region::regionName)
                .contains("us-east-1", "eu-west-1", "eu-central-1");
    }

    @Test
    void a_security_group_cannot_go_while_an_instance_has_it() {
        String group = aws.ec2
                .createSecurityGroup(request -> request.groupName("builders").description("of a test"))
                .groupId();
        assertRefused(
                        "InvalidGroup.Duplicate",
                        () -> aws.ec2.createSecurityGroup(
                                r -> r.groupName("builders").description("again")))
                .hasMessageContaining("already exists");
        String instanceId =
                aws.runningInstance(launch -> launch.securityGroupIds(group)).instanceId();

        assertRefused("DependencyViolation", () -> aws.ec2.deleteSecurityGroup(r -> r.groupId(group)))
                .hasMessageContaining("has a dependent object");
        aws.ec2.terminateInstances(request -> request.instanceIds(instanceId));
        aws.passes(Duration.ofSeconds(10));
        aws.ec2.deleteSecurityGroup(request -> request.groupId(group));

        assertRefused("InvalidGroup.NotFound", () -> aws.ec2.describeSecurityGroups(r -> r.groupIds(group)))
                .hasMessageContaining(group);
    }

    @Test
    void a_network_interface_survives_its_instance_only_if_the_launch_said_so() {
        String goes = aws.runningInstance(launch -> launch.networkInterfaces(card(true)))
                .instanceId();
        String stays = aws.runningInstance(launch -> launch.networkInterfaces(card(false)))
                .instanceId();
        String id = cards(filter("attachment.instance-id", stays)).get(0).networkInterfaceId();
        assertRefused("InvalidParameterValue", () -> aws.ec2.deleteNetworkInterface(r -> r.networkInterfaceId(id)))
                .hasMessageContaining("is currently in use");

        aws.ec2.terminateInstances(request -> request.instanceIds(goes, stays));
        aws.passes(Duration.ofSeconds(10));

        assertThat(cards(filter("status", "available"))).singleElement().satisfies(card -> {
            assertThat(card.networkInterfaceId()).isEqualTo(id);
            assertThat(card.attachment()).isNull();
        });
        assertThat(aws.ledger.leaked()).extracting(LedgerEntry::id).containsExactly(id);
        aws.ec2.deleteNetworkInterface(request -> request.networkInterfaceId(id));
        assertThat(cards()).isEmpty();
        assertThat(aws.ledger.leaked()).isEmpty();
        assertRefused(
                        "InvalidNetworkInterfaceID.NotFound",
                        () -> aws.ec2.deleteNetworkInterface(r -> r.networkInterfaceId(id)))
                .hasMessageContaining(id);
    }

    private static InstanceNetworkInterfaceSpecification card(boolean deleteOnTermination) {
        return InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .deleteOnTermination(deleteOnTermination)
                .build();
    }

    private List<NetworkInterface> cards(Filter... filters) {
        return aws.ec2
                .describeNetworkInterfaces(request -> request.filters(filters))
                .networkInterfaces();
    }

    @Test
    void offerings_tell_type_and_zone() {
        assertThat(aws.ec2
                        .describeInstanceTypeOfferings(request ->
                                request.locationType("availability-zone").filters(filter("instance-type", "t4g.small")))
                        .instanceTypeOfferings())
                .extracting(InstanceTypeOffering::location)
                .containsExactlyInAnyOrder("eu-west-1a", "eu-west-1b", "eu-west-1c");
        assertRefused(
                        "InvalidInstanceType",
                        () -> aws.ec2.describeInstanceTypes(r -> r.instanceTypesWithStrings("t9.huge")))
                .hasMessageContaining("t9.huge");
    }

    @Test
    void a_launch_template_has_versions_of_which_one_is_the_default() {
        String id = aws.ec2
                .createLaunchTemplate(request -> request.launchTemplateName("web")
                        .launchTemplateData(data -> data.imageId("ami-1").instanceType("t3.small")))
                .launchTemplate()
                .launchTemplateId();
        aws.ec2.createLaunchTemplateVersion(request ->
                request.launchTemplateId(id).sourceVersion("1").launchTemplateData(data -> data.imageId("ami-2")));

        LaunchTemplateVersion latest = version(id, "$Latest");
        assertThat(latest.launchTemplateData().imageId()).isEqualTo("ami-2");
        assertThat(latest.launchTemplateData().instanceTypeAsString()).isEqualTo("t3.small");
        assertThat(version(id, "$Default").versionNumber()).isEqualTo(1);

        aws.ec2.modifyLaunchTemplate(request -> request.launchTemplateId(id).defaultVersion("2"));
        assertThat(version(id, "$Default").versionNumber()).isEqualTo(2);
        assertRefused("InvalidLaunchTemplateId.VersionNotFound", () -> version(id, "3"))
                .hasMessageContaining(id);
        aws.ec2.deleteLaunchTemplate(request -> request.launchTemplateId(id));
        assertRefused("InvalidLaunchTemplateId.NotFound", () -> version(id, "1"))
                .hasMessageContaining("does not exist");
    }

    private LaunchTemplateVersion version(String id, String version) {
        return aws.ec2
                .describeLaunchTemplateVersions(
                        request -> request.launchTemplateId(id).versions(version))
                .launchTemplateVersions()
                .get(0);
    }
}
