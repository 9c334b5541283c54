package org.amibakery.image.aws;

import io.temporal.failure.ApplicationFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.aws.Refusals;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.image.ShareImage;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;

/**
 * Lets other accounts launch an image, and read its snapshots, without which they could not copy it. Adds permissions and
 * takes none away, so it may be repeated.
 */
final class ImageSharing {
    /** The failure type of permissions that were given and cannot be read yet. */
    static final String NOT_READ_BACK = "PermissionsNotReadBack";

    private final AwsClients clients;

    ImageSharing(AwsClients clients) {
        this.clients = clients;
    }

    void share(ShareImage request) {
        Region region = request.region();
        Ec2Client ec2 = clients.ec2(region);
        request.image()
                .snapshots()
                .forEach(snapshot -> Ec2Errors.MODIFY_IMAGE.perform(
                        "ModifySnapshotAttribute",
                        region,
                        () -> ec2.modifySnapshotAttribute(reading(snapshot, request.accounts()))));
        Ec2Errors.MODIFY_IMAGE.perform(
                "ModifyImageAttribute", region, () -> ec2.modifyImageAttribute(launching(request)));
        Set<String> missing = new LinkedHashSet<>(request.accounts());
        missing.removeAll(
                Ec2Errors.MODIFY_IMAGE.guard("DescribeImageAttribute", region, () -> sharedWith(ec2, request)));
        if (!missing.isEmpty()) {
            throw notReadBack(request, missing);
        }
    }

    private static ModifySnapshotAttributeRequest reading(String snapshot, List<String> accounts) {
        List<CreateVolumePermission> permissions = accounts.stream()
                .map(account -> CreateVolumePermission.builder().userId(account).build())
                .toList();
        return ModifySnapshotAttributeRequest.builder()
                .snapshotId(snapshot)
                .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                .createVolumePermission(change -> change.add(permissions))
                .build();
    }

    private static ModifyImageAttributeRequest launching(ShareImage request) {
        List<LaunchPermission> permissions = request.accounts().stream()
                .map(account -> LaunchPermission.builder().userId(account).build())
                .toList();
        return ModifyImageAttributeRequest.builder()
                .imageId(request.image().id().value())
                .launchPermission(change -> change.add(permissions))
                .build();
    }

    private static List<String> sharedWith(Ec2Client ec2, ShareImage request) {
        DescribeImageAttributeRequest look = DescribeImageAttributeRequest.builder()
                .imageId(request.image().id().value())
                .attribute(ImageAttributeName.LAUNCH_PERMISSION)
                .build();
        return ec2.describeImageAttribute(look).launchPermissions().stream()
                .map(LaunchPermission::userId)
                .toList();
    }

    private static ApplicationFailure notReadBack(ShareImage request, Set<String> missing) {
        return Refusals.failure(
                new Refusal("ModifyImageAttribute", NOT_READ_BACK, Reaction.NOT_VISIBLE_YET, Blame.AWS),
                "Image %s was shared with %s in %s, but EC2 does not show it yet; it is looked at again.",
                request.image().id(),
                String.join(", ", missing),
                request.region());
    }
}
