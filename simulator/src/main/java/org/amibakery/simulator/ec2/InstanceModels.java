package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Shows stored instances as EC2 describes them. */
final class InstanceModels {
    private final Ec2Place here;

    InstanceModels(Ec2Place here) {
        this.here = here;
    }

    /** Shows an instance in the answer to its launch: with its tags, which look-ups do not see yet. */
    Instance launched(StoredInstance instance) {
        Instance model = model(instance);
        boolean booting = !instance.isEnding(here.now()) && model.stateReason() == null;
        return model.toBuilder()
                .state(booting ? state("pending") : model.state())
                .tags(instance.tags().settled().entrySet().stream()
                        .map(tag -> software.amazon.awssdk.services.ec2.model.Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    Instance model(StoredInstance instance) {
        Instant now = here.now();
        Timeline.Phase phase = instance.timeline().at(now);
        boolean ended = phase.state().equals("terminated");
        Instance.Builder model = Instance.builder()
                .instanceId(instance.id())
                .imageId(instance.launch().image().id())
                .state(state(phase.state()))
                .stateReason(reason(phase))
                .stateTransitionReason(instance.transitionReason())
                .clientToken(Optional.ofNullable(instance.launch().request().clientToken())
                        .orElse(""))
                .instanceType(instance.instanceType().name())
                .architecture(instance.launch().image().architecture())
                .keyName(instance.launch().request().keyName())
                .launchTime(instance.createdAt())
                .amiLaunchIndex(0)
                .placement(place -> place.availabilityZone(instance.subnet().zone())
                        .availabilityZoneId(instance.subnet().zoneId())
                        .tenancy("default")
                        .groupName(""))
                .monitoring(monitoring -> monitoring.state("disabled"))
                .tags(instance.tags().modelAt(now));
        if (!ended) {
            addNetwork(model, instance);
        }
        return addHardware(model, instance, now).build();
    }

    private void addNetwork(Instance.Builder model, StoredInstance instance) {
        String host = "ip-" + instance.privateIp().replace('.', '-') + "." + here.region() + ".compute.internal";
        model.privateIpAddress(instance.privateIp())
                .privateDnsName(host)
                .publicIpAddress(instance.publicIpAt(here.now()).orElse(null))
                .publicDnsName("")
                .subnetId(instance.subnet().id())
                .vpcId(here.subnets().vpcId())
                .sourceDestCheck(true)
                .securityGroups(groups(instance))
                .networkInterfaces(interfaces(instance));
    }

    private Instance.Builder addHardware(Instance.Builder model, StoredInstance instance, Instant now) {
        String root = rootDevice(instance.launch().devices());
        return model.ebsOptimized(
                        Boolean.TRUE.equals(instance.launch().request().ebsOptimized()))
                .enaSupport(true)
                .hypervisor("xen")
                .virtualizationType("hvm")
                .rootDeviceName(root)
                .rootDeviceType("ebs")
                .platformDetails("Linux/UNIX")
                .usageOperation("RunInstances")
                .usageOperationUpdateTime(instance.createdAt())
                .bootMode("uefi-preferred")
                .metadataOptions(options -> {
                    Optional<InstanceMetadataOptionsRequest> asked =
                            Optional.ofNullable(instance.launch().request().metadataOptions());
                    options.state("applied")
                            .httpTokens(asked.map(InstanceMetadataOptionsRequest::httpTokensAsString)
                                    .orElse("optional"))
                            .httpPutResponseHopLimit(asked.map(InstanceMetadataOptionsRequest::httpPutResponseHopLimit)
                                    .orElse(1))
                            .httpEndpoint(asked.map(InstanceMetadataOptionsRequest::httpEndpointAsString)
                                    .orElse("enabled"))
                            .instanceMetadataTags("disabled");
                })
                .iamInstanceProfile(instance.launch()
                        .profileName()
                        .map(name -> software.amazon.awssdk.services.ec2.model.IamInstanceProfile.builder()
                                .arn("arn:aws:iam::" + here.account() + ":instance-profile/" + name)
                                .id("AIPA"
                                        + Integer.toHexString(name.hashCode()).toUpperCase(java.util.Locale.ROOT))
                                .build())
                        .orElse(null))
                .blockDeviceMappings(devices(instance, now));
    }

    private List<InstanceBlockDeviceMapping> devices(StoredInstance instance, Instant now) {
        return here.volumesOf(instance.id()).stream()
                .filter(volume -> volume.attachedTo(now).isPresent())
                .map(volume -> InstanceBlockDeviceMapping.builder()
                        .deviceName(volume.device().deviceName())
                        .ebs(ebs -> ebs.volumeId(volume.id())
                                .status("attached")
                                .attachTime(volume.createdAt())
                                .deleteOnTermination(volume.device().deleteOnTermination()))
                        .build())
                .toList();
    }

    private List<InstanceNetworkInterface> interfaces(StoredInstance instance) {
        return here.interfaces().values().stream()
                .filter(card -> card.instance() == instance)
                .map(card -> InstanceNetworkInterface.builder()
                        .networkInterfaceId(card.id())
                        .ownerId(here.account())
                        .privateIpAddress(instance.privateIp())
                        .subnetId(instance.subnet().id())
                        .vpcId(here.subnets().vpcId())
                        .status("in-use")
                        .groups(groups(instance))
                        .attachment(attached -> attached.deleteOnTermination(card.deletesOnTermination())
                                .deviceIndex(0))
                        .build())
                .toList();
    }

    private List<GroupIdentifier> groups(StoredInstance instance) {
        return instance.groupIds().stream()
                .map(id -> GroupIdentifier.builder()
                        .groupId(id)
                        .groupName(Optional.ofNullable(here.groups().get(id))
                                .map(StoredGroup::groupName)
                                .orElse(""))
                        .build())
                .toList();
    }

    static String rootDevice(List<DeviceSpec> devices) {
        return devices.isEmpty() ? "/dev/xvda" : devices.get(0).deviceName();
    }

    static StateReason reason(Timeline.Phase phase) {
        return phase.reasonCode().isEmpty()
                ? null
                : StateReason.builder()
                        .code(phase.reasonCode())
                        .message(phase.reasonMessage())
                        .build();
    }

    /** EC2 gives every instance state a number beside its name (InstanceState Code). */
    static InstanceState state(String name) {
        int code =
                switch (name) {
                    case "pending" -> 0;
                    case "running" -> 16;
                    case "shutting-down" -> 32;
                    case "terminated" -> 48;
                    case "stopping" -> 64;
                    case "stopped" -> 80;
                    default -> throw new IllegalArgumentException("EC2 has no instance state " + name);
                };
        return InstanceState.builder().name(name).code(code).build();
    }
}
