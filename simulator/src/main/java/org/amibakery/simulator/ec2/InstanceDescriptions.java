package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceImageMetadataRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceImageMetadataResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceImageMetadata;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** Describes instances. */
final class InstanceDescriptions {
    private static final int MOST_IDS = 1_000;

    private final Ec2Place here;
    private final InstanceAccess access;
    private final InstanceModels models;

    InstanceDescriptions(Ec2Place here, InstanceModels models) {
        this.here = here;
        this.access = new InstanceAccess(here);
        this.models = models;
    }

    DescribeInstancesResponse describe(DescribeInstancesRequest request) {
        Pages.Request page = new Pages.Request(request.maxResults(), request.nextToken())
                .within(5, 1_000)
                .notWith(request.instanceIds(), "instancesSet");
        Pages.Page<StoredInstance> found = find(request.instanceIds(), request.filters(), page, instance -> true);
        List<Reservation> reservations = found.items().stream()
                .map(StoredInstance::reservationId)
                .distinct()
                .map(id -> reservation(id, found.items()))
                .toList();
        return DescribeInstancesResponse.builder()
                .reservations(reservations)
                .nextToken(found.nextToken())
                .build();
    }

    DescribeInstanceStatusResponse describeStatus(DescribeInstanceStatusRequest request) {
        Pages.Request page = new Pages.Request(request.maxResults(), request.nextToken())
                .within(5, 1_000)
                .notWith(request.instanceIds(), "instancesSet");
        boolean all = Boolean.TRUE.equals(request.includeAllInstances());
        Predicate<StoredInstance> shown = instance -> all || instance.timeline().isAt(here.now(), "running");
        Pages.Page<StoredInstance> found = find(request.instanceIds(), request.filters(), page, shown);
        return DescribeInstanceStatusResponse.builder()
                .instanceStatuses(found.items().stream().map(this::status).toList())
                .nextToken(found.nextToken())
                .build();
    }

    DescribeInstanceImageMetadataResponse describeImages(DescribeInstanceImageMetadataRequest request) {
        Pages.Request page = new Pages.Request(request.maxResults(), request.nextToken())
                .within(5, 1_000)
                .notWith(request.instanceIds(), "instancesSet");
        Pages.Page<StoredInstance> found = find(request.instanceIds(), request.filters(), page, instance -> true);
        return DescribeInstanceImageMetadataResponse.builder()
                .instanceImageMetadata(found.items().stream().map(this::imageOf).toList())
                .nextToken(found.nextToken())
                .build();
    }

    private Pages.Page<StoredInstance> find(
            List<String> ids, List<Filter> filters, Pages.Request page, Predicate<StoredInstance> shown) {
        if (ids.size() > MOST_IDS) {
            throw refused(
                    "InvalidParameterValue", "At most " + MOST_IDS + " instance IDs can be described in one call");
        }
        Instant now = here.now();
        Predicate<StoredInstance> wanted = filters(now).parse(filters).and(shown);
        List<StoredInstance> found = ids.isEmpty()
                ? here.instances().values().stream()
                        .filter(instance -> instance.isVisibleAt(now))
                        .toList()
                : access.all(ids);
        return here.pages().page(found.stream().filter(wanted).distinct().toList(), StoredInstance::id, page);
    }

    private Filters<StoredInstance> filters(Instant now) {
        return Filters.<StoredInstance>ofTagged(now)
                .on("instance-id", StoredInstance::id)
                .on("client-token", instance -> Optional.ofNullable(
                                instance.launch().request().clientToken())
                        .orElse(""))
                .on("instance-state-name", instance -> instance.stateAt(now))
                .on(
                        "instance-state-code",
                        instance -> String.valueOf(
                                InstanceModels.state(instance.stateAt(now)).code()))
                .on("state-reason-code", instance -> instance.timeline().at(now).reasonCode())
                .on("image-id", instance -> instance.launch().image().id())
                .on("instance-type", instance -> instance.instanceType().name())
                .on("architecture", instance -> instance.launch().image().architecture())
                .on("subnet-id", instance -> instance.subnet().id())
                .on("vpc-id", instance -> here.subnets().vpcId())
                .on("availability-zone", instance -> instance.subnet().zone())
                .on("private-ip-address", StoredInstance::privateIp)
                .on("reservation-id", StoredInstance::reservationId)
                .on("owner-id", StoredInstance::owner)
                .on("launch-time", instance -> instance.createdAt().toString())
                .onAny("instance.group-id", StoredInstance::groupIds)
                .onAny("iam-instance-profile.arn", instance -> instance.launch().profileName().stream()
                        .map(name -> "arn:aws:iam::" + here.account() + ":instance-profile/" + name)
                        .toList())
                .onAny("block-device-mapping.volume-id", instance -> here.volumesOf(instance.id()).stream()
                        .map(StoredVolume::id)
                        .toList())
                .onAny("key-name", instance -> Optional.ofNullable(
                                instance.launch().request().keyName())
                        .stream()
                        .toList());
    }

    private Reservation reservation(String id, List<StoredInstance> shown) {
        return Reservation.builder()
                .reservationId(id)
                .ownerId(here.account())
                .instances(shown.stream()
                        .filter(instance -> instance.reservationId().equals(id))
                        .map(models::model)
                        .toList())
                .build();
    }

    private InstanceStatus status(StoredInstance instance) {
        String state = instance.stateAt(here.now());
        String checks = state.equals("running") ? "ok" : "not-applicable";
        return InstanceStatus.builder()
                .instanceId(instance.id())
                .availabilityZone(instance.subnet().zone())
                .instanceState(InstanceModels.state(state))
                .instanceStatus(summary -> summary.status(checks))
                .systemStatus(summary -> summary.status(checks))
                .build();
    }

    /** Tells about the image even when it was deregistered, which DescribeImages cannot. */
    private InstanceImageMetadata imageOf(StoredInstance instance) {
        StoredImage image = instance.launch().image();
        Instant now = here.now();
        return InstanceImageMetadata.builder()
                .instanceId(instance.id())
                .instanceType(instance.instanceType().name())
                .launchTime(instance.createdAt())
                .availabilityZone(instance.subnet().zone())
                .zoneId(instance.subnet().zoneId())
                .state(InstanceModels.state(instance.stateAt(now)))
                .ownerId(here.account())
                .tags(instance.tags().modelAt(now))
                .imageMetadata(metadata -> metadata.imageId(image.id())
                        .name(image.name())
                        .ownerId(image.owner())
                        .state(image.stateAt(now))
                        .imageOwnerAlias(image.identity().ownerAlias().orElse(null))
                        .creationDate(image.createdAt().toString())
                        .deprecationTime(
                                image.deprecatedAt().map(Instant::toString).orElse(null))
                        .isPublic(image.isPublic()))
                .build();
    }
}
