package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Makes, opens, describes and deletes security groups of the default VPC. */
final class SecurityGroups {
    private static final Set<String> TAGGABLE = Set.of("security-group", "security-group-rule");

    private final Ec2Place here;

    SecurityGroups(Ec2Place here) {
        this.here = here;
    }

    CreateSecurityGroupResponse create(CreateSecurityGroupRequest request) {
        String name = LaunchChecks.require(request.groupName(), "GroupName");
        String description = LaunchChecks.require(request.description(), "GroupDescription");
        if (request.vpcId() != null && !request.vpcId().equals(here.subnets().vpcId())) {
            throw refused("InvalidVpcID.NotFound", "The vpc ID '" + request.vpcId() + "' does not exist");
        }
        if (here.groups().values().stream().anyMatch(group -> group.groupName().equals(name))) {
            throw refused(
                    "InvalidGroup.Duplicate",
                    "The security group '" + name + "' already exists for VPC '"
                            + here.subnets().vpcId() + "'");
        }
        StoredGroup group = here.track(new StoredGroup(
                here.ids().next("sg"),
                here.place(),
                here.now(),
                Ec2Resource.Origin.REQUESTED,
                new StoredGroup.Naming(name, description)));
        here.groups().put(group.id(), group);
        here.tag(group, TagRules.tagsFor("security-group", request.tagSpecifications(), TAGGABLE));
        return CreateSecurityGroupResponse.builder()
                .groupId(group.id())
                .tags(group.tags().modelAt(here.now()))
                .build();
    }

    AuthorizeSecurityGroupIngressResponse authorizeIngress(AuthorizeSecurityGroupIngressRequest request) {
        StoredGroup group = find(request.groupId(), request.groupName());
        List<IpPermission> asked = request.ipPermissions().isEmpty() ? List.of(flat(request)) : request.ipPermissions();
        for (IpPermission permission : asked) {
            if (group.ingress().contains(permission)) {
                throw refused("InvalidPermission.Duplicate", "the specified rule already exists");
            }
            group.ingress().add(permission);
        }
        return AuthorizeSecurityGroupIngressResponse.builder().returnValue(true).build();
    }

    DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
        Instant now = here.now();
        request.groupIds().forEach(id -> find(id, null));
        Filters<StoredGroup> filters = Filters.<StoredGroup>ofTagged(now)
                .on("group-id", StoredGroup::id)
                .on("group-name", StoredGroup::groupName)
                .on("description", StoredGroup::description)
                .on("owner-id", StoredGroup::owner)
                .on("vpc-id", group -> here.subnets().vpcId());
        List<StoredGroup> found = here.groups().values().stream()
                .filter(group ->
                        request.groupIds().isEmpty() || request.groupIds().contains(group.id()))
                .filter(group ->
                        request.groupNames().isEmpty() || request.groupNames().contains(group.groupName()))
                .filter(filters.parse(request.filters()))
                .toList();
        Pages.Request asked = new Pages.Request(request.maxResults(), request.nextToken()).within(5, 1_000);
        Pages.Page<StoredGroup> page = here.pages().page(found, StoredGroup::id, asked);
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.items().stream().map(this::model).toList())
                .nextToken(page.nextToken())
                .build();
    }

    DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request) {
        StoredGroup group = find(request.groupId(), request.groupName());
        if (group.groupName().equals("default")) {
            throw refused(
                    "CannotDelete",
                    "the specified group: \"" + group.id() + "\" name: \"default\" cannot be deleted by a user");
        }
        boolean used = here.instances().values().stream()
                .anyMatch(instance -> instance.groupIds().contains(group.id()) && !instance.isGoneAt(here.now()));
        if (used) {
            throw refused("DependencyViolation", "resource " + group.id() + " has a dependent object");
        }
        group.delete(here.now());
        here.groups().remove(group.id());
        return DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(group.id())
                .build();
    }

    private StoredGroup find(String id, String name) {
        return here.groups().values().stream()
                .filter(group ->
                        id != null ? group.id().equals(id) : group.groupName().equals(name))
                .findFirst()
                .orElseThrow(() -> notFound(id != null ? id : name));
    }

    private static SimulatorError notFound(String name) {
        return refused("InvalidGroup.NotFound", "The security group '" + name + "' does not exist");
    }

    private static IpPermission flat(AuthorizeSecurityGroupIngressRequest request) {
        List<IpRange> ranges =
                Optional.ofNullable(request.cidrIp())
                        .map(cidr -> IpRange.builder().cidrIp(cidr).build())
                        .stream()
                        .toList();
        return IpPermission.builder()
                .ipProtocol(request.ipProtocol())
                .fromPort(request.fromPort())
                .toPort(request.toPort())
                .ipRanges(ranges)
                .build();
    }

    private SecurityGroup model(StoredGroup group) {
        return SecurityGroup.builder()
                .groupId(group.id())
                .groupName(group.groupName())
                .description(group.description())
                .ownerId(here.account())
                .vpcId(here.subnets().vpcId())
                .ipPermissions(group.ingress())
                .tags(group.tags().modelAt(here.now()))
                .build();
    }
}
