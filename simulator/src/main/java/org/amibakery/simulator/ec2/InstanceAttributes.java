package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;

/** Changes and tells single attributes of instances. */
final class InstanceAttributes {
    private final Ec2Place here;
    private final InstanceAccess access;

    InstanceAttributes(Ec2Place here) {
        this.here = here;
        this.access = new InstanceAccess(here);
    }

    ModifyInstanceAttributeResponse modify(ModifyInstanceAttributeRequest request) {
        StoredInstance instance = access.get(request.instanceId());
        Optional.ofNullable(request.disableApiTermination())
                .map(AttributeBooleanValue::value)
                .ifPresent(instance::protectFromTermination);
        Optional.ofNullable(request.instanceType())
                .map(type -> type.value())
                .ifPresent(type -> changeType(instance, type));
        if (Boolean.TRUE.equals(Optional.ofNullable(request.enaSupport())
                .map(AttributeBooleanValue::value)
                .orElse(false))) {
            requireStopped(instance);
        }
        if (!request.groups().isEmpty()) {
            instance.changeGroups(request.groups());
        }
        request.blockDeviceMappings().forEach(mapping -> changeDevice(instance, mapping));
        return ModifyInstanceAttributeResponse.builder().build();
    }

    DescribeInstanceAttributeResponse describe(DescribeInstanceAttributeRequest request) {
        StoredInstance instance = access.get(request.instanceId());
        String attribute = LaunchChecks.require(request.attributeAsString(), "Attribute");
        DescribeInstanceAttributeResponse.Builder answer =
                DescribeInstanceAttributeResponse.builder().instanceId(instance.id());
        return switch (attribute) {
            case "disableApiTermination" ->
                answer.disableApiTermination(value -> value.value(instance.isTerminationProtected()))
                        .build();
            case "instanceType" ->
                answer.instanceType(value -> value.value(instance.instanceType().name()))
                        .build();
            case "instanceInitiatedShutdownBehavior" ->
                answer.instanceInitiatedShutdownBehavior(value -> value.value(shutdownBehavior(instance)))
                        .build();
            case "userData" ->
                answer.userData(value -> value.value(instance.launch().request().userData()))
                        .build();
            default ->
                throw refused("InvalidParameterValue", "Value (" + attribute + ") for parameter attribute is invalid.");
        };
    }

    static String shutdownBehavior(StoredInstance instance) {
        return Optional.ofNullable(instance.launch().request().instanceInitiatedShutdownBehaviorAsString())
                .orElse("stop");
    }

    private void changeType(StoredInstance instance, String name) {
        requireStopped(instance);
        instance.changeType(InstanceType.find(name)
                .orElseThrow(() -> refused("InvalidParameterValue", "Invalid value '" + name + "' for InstanceType.")));
    }

    private void requireStopped(StoredInstance instance) {
        if (!instance.timeline().isAt(here.now(), "stopped")) {
            throw InstanceLifecycle.incorrectState(
                    "The instance '" + instance.id() + "' is not in the 'stopped' state.");
        }
    }

    private void changeDevice(StoredInstance instance, InstanceBlockDeviceMappingSpecification mapping) {
        StoredVolume volume = here.volumesOf(instance.id()).stream()
                .filter(candidate -> candidate.device().deviceName().equals(mapping.deviceName()))
                .findFirst()
                .orElseThrow(() -> refused(
                        "InvalidInstanceAttributeValue", "No device is currently mapped at " + mapping.deviceName()));
        if (mapping.ebs() != null && mapping.ebs().deleteOnTermination() != null) {
            volume.deleteOnTermination(mapping.ebs().deleteOnTermination());
        }
    }
}
