package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.Region;

/** Tells which regions, zones and instance types there are. */
final class Offerings {
    static final List<String> REGIONS = List.of(
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "eu-central-1",
            "eu-north-1",
            "ap-south-1",
            "ap-northeast-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "sa-east-1");

    private final Ec2Place here;

    Offerings(Ec2Place here) {
        this.here = here;
    }

    DescribeRegionsResponse describeRegions(DescribeRegionsRequest request) {
        request.regionNames().stream()
                .filter(name -> !REGIONS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused("InvalidParameterValue", "Invalid region names: [" + name + "]");
                });
        Filters<Region> filters = new Filters<Region>()
                .on("region-name", Region::regionName)
                .on("endpoint", Region::endpoint)
                .on("opt-in-status", Region::optInStatus);
        return DescribeRegionsResponse.builder()
                .regions(REGIONS.stream()
                        .filter(name -> request.regionNames().isEmpty()
                                || request.regionNames().contains(name))
                        .map(Offerings::region)
                        .filter(filters.parse(request.filters()))
                        .toList())
                .build();
    }

    DescribeAvailabilityZonesResponse describeZones(DescribeAvailabilityZonesRequest request) {
        request.zoneNames().forEach(here.subnets()::inZone);
        Filters<AvailabilityZone> filters = new Filters<AvailabilityZone>()
                .on("zone-name", AvailabilityZone::zoneName)
                .on("zone-id", AvailabilityZone::zoneId)
                .on("state", AvailabilityZone::stateAsString)
                .on("region-name", AvailabilityZone::regionName)
                .on("opt-in-status", AvailabilityZone::optInStatusAsString)
                .on("zone-type", AvailabilityZone::zoneType);
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(here.subnets().all().stream()
                        .map(this::zone)
                        .filter(zone -> request.zoneNames().isEmpty()
                                || request.zoneNames().contains(zone.zoneName()))
                        .filter(zone ->
                                request.zoneIds().isEmpty() || request.zoneIds().contains(zone.zoneId()))
                        .filter(filters.parse(request.filters()))
                        .toList())
                .build();
    }

    DescribeInstanceTypesResponse describeTypes(DescribeInstanceTypesRequest request) {
        List<String> unknown = request.instanceTypesAsStrings().stream()
                .filter(name -> InstanceType.find(name).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw refused("InvalidInstanceType", "The following supplied instance types do not exist: " + unknown);
        }
        Filters<InstanceType> filters = new Filters<InstanceType>()
                .on("instance-type", InstanceType::name)
                .on("processor-info.supported-architecture", InstanceType::architecture)
                .on("vcpu-info.default-vcpus", type -> String.valueOf(type.vcpus()))
                .on("memory-info.size-in-mib", type -> String.valueOf(type.memoryMiB()))
                .on("current-generation", type -> String.valueOf(!type.name().startsWith("t2.")));
        List<InstanceType> found = InstanceType.all().stream()
                .filter(type -> request.instanceTypesAsStrings().isEmpty()
                        || request.instanceTypesAsStrings().contains(type.name()))
                .filter(filters.parse(request.filters()))
                .toList();
        Pages.Request asked = new Pages.Request(request.maxResults(), request.nextToken()).within(5, 100);
        Pages.Page<InstanceType> page = here.pages().page(found, InstanceType::name, asked);
        return DescribeInstanceTypesResponse.builder()
                .instanceTypes(page.items().stream().map(Offerings::type).toList())
                .nextToken(page.nextToken())
                .build();
    }

    DescribeInstanceTypeOfferingsResponse describeOfferings(DescribeInstanceTypeOfferingsRequest request) {
        String locationType =
                Optional.ofNullable(request.locationTypeAsString()).orElse("region");
        List<String> locations =
                switch (locationType) {
                    case "region" -> List.of(here.region());
                    case "availability-zone" ->
                        here.subnets().all().stream()
                                .map(Subnets.SubnetSpec::zone)
                                .toList();
                    case "availability-zone-id" ->
                        here.subnets().all().stream()
                                .map(Subnets.SubnetSpec::zoneId)
                                .toList();
                    default ->
                        throw refused(
                                "InvalidParameterValue",
                                "Value (" + locationType + ") for parameter locationType is invalid.");
                };
        Filters<InstanceTypeOffering> filters = new Filters<InstanceTypeOffering>()
                .on("instance-type", InstanceTypeOffering::instanceTypeAsString)
                .on("location", InstanceTypeOffering::location);
        List<InstanceTypeOffering> found = InstanceType.all().stream()
                .flatMap(type -> offerings(type, locationType, locations))
                .filter(filters.parse(request.filters()))
                .toList();
        Pages.Request asked = new Pages.Request(request.maxResults(), request.nextToken()).within(5, 1_000);
        Pages.Page<InstanceTypeOffering> page =
                here.pages().page(found, offering -> offering.instanceTypeAsString() + offering.location(), asked);
        return DescribeInstanceTypeOfferingsResponse.builder()
                .instanceTypeOfferings(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static Stream<InstanceTypeOffering> offerings(
            InstanceType type, String locationType, List<String> locations) {
        return locations.stream().map(location -> InstanceTypeOffering.builder()
                .instanceType(type.name())
                .locationType(locationType)
                .location(location)
                .build());
    }

    private static Region region(String name) {
        return Region.builder()
                .regionName(name)
                .endpoint("ec2." + name + ".amazonaws.com")
                .optInStatus("opt-in-not-required")
                .build();
    }

    private AvailabilityZone zone(Subnets.SubnetSpec subnet) {
        return AvailabilityZone.builder()
                .zoneName(subnet.zone())
                .zoneId(subnet.zoneId())
                .regionName(here.region())
                .groupName(here.region())
                .networkBorderGroup(here.region())
                .state("available")
                .optInStatus("opt-in-not-required")
                .zoneType("availability-zone")
                .build();
    }

    private static InstanceTypeInfo type(InstanceType type) {
        return InstanceTypeInfo.builder()
                .instanceType(type.name())
                .currentGeneration(!type.name().startsWith("t2."))
                .supportedVirtualizationTypesWithStrings("hvm")
                .supportedRootDeviceTypesWithStrings("ebs")
                .supportedUsageClassesWithStrings("on-demand", "spot")
                .hypervisor("nitro")
                .burstablePerformanceSupported(type.name().startsWith("t"))
                .processorInfo(processor -> processor.supportedArchitecturesWithStrings(type.architecture()))
                .vCpuInfo(cpu -> cpu.defaultVCpus(type.vcpus()))
                .memoryInfo(memory -> memory.sizeInMiB((long) type.memoryMiB()))
                .build();
    }
}
