package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;

/** Shares images and snapshots with accounts, and tells image attributes. */
final class ImageSharing {
    /** The one value there is (ModifyImageAttribute, ImdsSupport); it cannot be taken back. */
    private static final String IMDS_V2 = "v2.0";

    private final Ec2Place here;
    private final ImageAccess images;
    private final SnapshotAccess snapshots;
    private final ImageModels models;

    ImageSharing(Ec2Place here, ImageModels models) {
        this.here = here;
        this.images = new ImageAccess(here);
        this.snapshots = new SnapshotAccess(here);
        this.models = models;
    }

    ModifyImageAttributeResponse modify(ModifyImageAttributeRequest request) {
        StoredImage image = images.own(request.imageId());
        Optional.ofNullable(request.description()).map(AttributeValue::value).ifPresent(image::describe);
        Optional.ofNullable(request.imdsSupport()).map(AttributeValue::value).ifPresent(version -> {
            if (!version.equals(IMDS_V2)) {
                throw refused("InvalidParameterValue", "Value (" + version + ") for parameter imdsSupport is invalid.");
            }
            image.requireImds(version);
        });
        List<LaunchPermission> added = new ArrayList<>();
        List<LaunchPermission> removed = new ArrayList<>();
        if (request.launchPermission() != null) {
            added.addAll(request.launchPermission().add());
            removed.addAll(request.launchPermission().remove());
        } else {
            ("remove".equals(request.operationTypeAsString()) ? removed : added).addAll(flat(request));
        }
        added.forEach(this::check);
        if (!added.isEmpty() && image.timeline().isAt(here.now(), "disabled")) {
            throw refused(
                    "InvalidAMIID.Unavailable", "The image ID '" + image.id() + "' is disabled and can't be shared");
        }
        added.forEach(permission -> grant(image, permission));
        removed.forEach(permission -> revoke(image, permission));
        return ModifyImageAttributeResponse.builder().build();
    }

    DescribeImageAttributeResponse describe(DescribeImageAttributeRequest request) {
        StoredImage image = images.own(request.imageId());
        String attribute = LaunchChecks.require(request.attributeAsString(), "Attribute");
        DescribeImageAttributeResponse.Builder answer =
                DescribeImageAttributeResponse.builder().imageId(image.id());
        return switch (attribute) {
            case "launchPermission" ->
                answer.launchPermissions(permissions(image)).build();
            case "description" ->
                answer.description(value -> value.value(image.description())).build();
            case "imdsSupport" ->
                answer.imdsSupport(value -> value.value(image.imdsSupport().orElse(null)))
                        .build();
            case "blockDeviceMapping" ->
                answer.blockDeviceMappings(
                                image.devices().stream().map(DeviceSpec::model).toList())
                        .build();
            case "lastLaunchedTime" ->
                answer.lastLaunchedTime(
                                value -> value.value(models.lastLaunch(image).orElse(null)))
                        .build();
            case "deregistrationProtection" ->
                answer.deregistrationProtection(
                                value -> value.value(image.protection().describeAt(here.now())))
                        .build();
            default ->
                throw refused("InvalidParameterValue", "Value (" + attribute + ") for parameter attribute is invalid.");
        };
    }

    ModifySnapshotAttributeResponse modifySnapshot(ModifySnapshotAttributeRequest request) {
        StoredSnapshot snapshot = snapshots.own(request.snapshotId());
        if (snapshot.isEncrypted()) {
            throw refused("InvalidParameter", "Snapshots encrypted with the AWS Managed CMK can't be shared");
        }
        List<CreateVolumePermission> added = new ArrayList<>();
        List<CreateVolumePermission> removed = new ArrayList<>();
        if (request.createVolumePermission() != null) {
            added.addAll(request.createVolumePermission().add());
            removed.addAll(request.createVolumePermission().remove());
        }
        Stream.concat(request.userIds().stream(), added.stream().flatMap(ImageSharing::who))
                .forEach(who -> snapshot.sharedWith().add(checkedAccount(who)));
        removed.stream().flatMap(ImageSharing::who).forEach(snapshot.sharedWith()::remove);
        return ModifySnapshotAttributeResponse.builder().build();
    }

    /** The older form: UserId.n and UserGroup.n beside an OperationType. */
    private static List<LaunchPermission> flat(ModifyImageAttributeRequest request) {
        return Stream.concat(
                        request.userIds().stream()
                                .map(user ->
                                        LaunchPermission.builder().userId(user).build()),
                        request.userGroups().stream()
                                .map(group ->
                                        LaunchPermission.builder().group(group).build()))
                .toList();
    }

    private void check(LaunchPermission permission) {
        if (permission.userId() != null) {
            checkedAccount(permission.userId());
        }
        if (permission.groupAsString() != null && !permission.groupAsString().equals(StoredImage.EVERYBODY)) {
            throw invalidItem(permission.groupAsString(), "group");
        }
        if (permission.groupAsString() != null && here.behaviour().isPublicSharingBlocked()) {
            throw refused(
                    "OperationNotPermitted",
                    "You can't publicly share this image because block public access for AMIs is enabled for this"
                            + " account in this Region.");
        }
    }

    private static String checkedAccount(String account) {
        if (!account.equals(StoredImage.EVERYBODY) && !account.matches("\\d{12}")) {
            throw invalidItem(account, "userId");
        }
        return account;
    }

    private static RuntimeException invalidItem(String value, String type) {
        return refused(
                "InvalidAMIAttributeItemValue",
                "Invalid attribute item value \"" + value + "\" for " + type + " item type.");
    }

    private static void grant(StoredImage image, LaunchPermission permission) {
        Optional.ofNullable(permission.userId()).ifPresent(image.launchUsers()::add);
        Optional.ofNullable(permission.groupAsString()).ifPresent(image.launchGroups()::add);
        Optional.ofNullable(permission.organizationArn()).ifPresent(image.launchOrganizations()::add);
    }

    private static void revoke(StoredImage image, LaunchPermission permission) {
        Optional.ofNullable(permission.userId()).ifPresent(image.launchUsers()::remove);
        Optional.ofNullable(permission.groupAsString()).ifPresent(image.launchGroups()::remove);
        Optional.ofNullable(permission.organizationArn()).ifPresent(image.launchOrganizations()::remove);
    }

    private static List<LaunchPermission> permissions(StoredImage image) {
        return Stream.of(
                        image.launchGroups().stream()
                                .map(group ->
                                        LaunchPermission.builder().group(group).build()),
                        image.launchUsers().stream()
                                .map(user ->
                                        LaunchPermission.builder().userId(user).build()),
                        image.launchOrganizations().stream().map(arn -> LaunchPermission.builder()
                                .organizationArn(arn)
                                .build()))
                .flatMap(permission -> permission)
                .toList();
    }

    private static Stream<String> who(CreateVolumePermission permission) {
        return Stream.of(Optional.ofNullable(permission.userId()), Optional.ofNullable(permission.groupAsString()))
                .flatMap(Optional::stream);
    }
}
