package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Checks a launch request as RunInstances does, and merges it with the image. */
final class LaunchChecks {
    private static final int MOST_USER_DATA_BYTES = 16 * 1024;
    private static final String FROM_PARAMETER = "resolve:ssm:";

    private final Ec2Place here;
    private final ImageAccess images;

    LaunchChecks(Ec2Place here) {
        this.here = here;
        this.images = new ImageAccess(here);
    }

    int count(RunInstancesRequest request) {
        require(request.minCount(), "MinCount");
        require(request.maxCount(), "MaxCount");
        if (request.minCount() < 1 || request.maxCount() < request.minCount()) {
            throw refused(
                    "InvalidParameterValue",
                    "Value (" + request.maxCount()
                            + ") for parameter maxCount is invalid. It must be at least minCount, "
                            + "and minCount at least 1.");
        }
        return request.maxCount();
    }

    LaunchSpec check(RunInstancesRequest request) {
        StoredImage image = images.launchable(imageId(request));
        InstanceType type = type(request, image);
        checkUserData(request);
        checkEnums(request);
        return new LaunchSpec(
                request,
                image,
                type,
                groups(request),
                profile(request),
                new Devices(here).merge(image, request.blockDeviceMappings()),
                Boolean.TRUE.equals(request.disableApiTermination()));
    }

    private String imageId(RunInstancesRequest request) {
        String asked = require(request.imageId(), "ImageId");
        if (!asked.startsWith(FROM_PARAMETER)) {
            return asked;
        }
        String parameter = asked.substring(FROM_PARAMETER.length());
        return here.parameters()
                .value(parameter)
                .orElseThrow(() -> refused(
                        "InvalidParameterValue",
                        "The parameter '" + parameter + "' for the image ID could not be resolved"));
    }

    private static InstanceType type(RunInstancesRequest request, StoredImage image) {
        String name = Optional.ofNullable(request.instanceTypeAsString()).orElse("m1.small"); // EC2's own default
        InstanceType type = InstanceType.find(name)
                .orElseThrow(() -> refused("InvalidParameterValue", "Invalid value '" + name + "' for InstanceType."));
        if (!type.architecture().equals(image.architecture())) {
            throw refused(
                    "InvalidParameterValue",
                    "The architecture '" + type.architecture() + "' of the specified instance type does not match the"
                            + " architecture '" + image.architecture()
                            + "' of the specified AMI. Specify an instance type"
                            + " and an AMI that have matching architectures, and try again.");
        }
        return type;
    }

    private List<String> groups(RunInstancesRequest request) {
        List<String> ids = new ArrayList<>(request.securityGroupIds());
        request.networkInterfaces().forEach(card -> ids.addAll(card.groups()));
        request.securityGroups().forEach(name -> ids.add(groupNamed(name)));
        ids.forEach(this::checkGroup);
        return ids.isEmpty() ? List.of(groupNamed("default")) : ids;
    }

    private String groupNamed(String name) {
        return here.groups().values().stream()
                .filter(group -> group.groupName().equals(name))
                .map(StoredGroup::id)
                .findFirst()
                .orElseThrow(() -> refused(
                        "InvalidGroup.NotFound",
                        "The security group '" + name + "' does not exist in default VPC '"
                                + here.subnets().vpcId() + "'"));
    }

    private void checkGroup(String id) {
        if (!here.groups().containsKey(id)) {
            throw refused("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
        }
    }

    private Optional<String> profile(RunInstancesRequest request) {
        IamInstanceProfileSpecification asked = request.iamInstanceProfile();
        if (asked == null || (asked.name() == null && asked.arn() == null)) {
            return Optional.empty();
        }
        String name = asked.name() != null
                ? asked.name()
                : asked.arn().substring(asked.arn().lastIndexOf('/') + 1);
        if (!here.behaviour().knowsProfile(name, here.now())) {
            String parameter = asked.name() != null ? "name" : "arn";
            String value = asked.name() != null ? asked.name() : asked.arn();
            throw refused(
                    "InvalidParameterValue",
                    "Value (" + value + ") for parameter iamInstanceProfile." + parameter
                            + " is invalid. Invalid IAM Instance Profile " + (asked.name() != null ? "name" : "ARN"));
        }
        return Optional.of(name);
    }

    private static void checkUserData(RunInstancesRequest request) {
        if (request.userData() == null) {
            return;
        }
        byte[] decoded;
        try {
            decoded = Base64.getMimeDecoder().decode(checkedAlphabet(request.userData()));
        } catch (IllegalArgumentException malformed) {
            throw refused("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data");
        }
        if (decoded.length > MOST_USER_DATA_BYTES) {
            throw refused("InvalidParameterValue", "User data is limited to 16384 bytes");
        }
    }

    /** The MIME decoder skips line breaks, as EC2 does, but everything else too, as EC2 does not. */
    private static String checkedAlphabet(String base64) {
        if (!base64.matches("[A-Za-z0-9+/=\\r\\n]*")) {
            throw new IllegalArgumentException(base64);
        }
        return base64;
    }

    private void checkEnums(RunInstancesRequest request) {
        oneOf(
                request.instanceInitiatedShutdownBehaviorAsString(),
                Set.of("stop", "terminate"),
                "instanceInitiatedShutdownBehavior");
        if (request.metadataOptions() != null) {
            Set<String> tokens = Set.of("optional", "required");
            oneOf(request.metadataOptions().httpTokensAsString(), tokens, "metadataOptions.httpTokens");
            Integer hops = request.metadataOptions().httpPutResponseHopLimit();
            if (hops != null && (hops < 1 || hops > 64)) {
                throw refused(
                        "InvalidParameterValue",
                        "Value (" + hops
                                + ") for parameter metadataOptions.httpPutResponseHopLimit is invalid. Expecting"
                                + " a value from 1 to 64.");
            }
        }
        if (request.keyName() != null && !here.keyPairs().containsKey(request.keyName())) {
            throw refused("InvalidKeyPair.NotFound", "The key pair '" + request.keyName() + "' does not exist");
        }
    }

    static void oneOf(String value, Set<String> allowed, String parameter) {
        if (value != null && !allowed.contains(value)) {
            throw refused("InvalidParameterValue", "Value (" + value + ") for parameter " + parameter + " is invalid.");
        }
    }

    static <T> T require(T value, String parameter) {
        if (value == null) {
            throw refused("MissingParameter", "The request must contain the parameter " + parameter);
        }
        return value;
    }
}
