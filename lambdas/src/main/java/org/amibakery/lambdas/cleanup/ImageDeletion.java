package org.amibakery.lambdas.cleanup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.Refusal;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.SnapshotReturnCodes;

/**
 * Deletes an image and then its snapshots, or a snapshot alone; tells the tally what became of them.
 *
 * <p>The snapshot ids must be known beforehand: after the deregistration nothing leads to them. A snapshot that AWS did
 * not delete along with the image (DeregisterImage, DeleteSnapshotResults) is deleted by a call of its own; what fails
 * then is a leftover, which the next run finds. May run more than once: what is gone already counts as deleted.
 */
final class ImageDeletion {
    private final Ec2Client ec2;
    private final Tally tally;

    ImageDeletion(Ec2Client ec2, Tally tally) {
        this.ec2 = ec2;
        this.tally = tally;
    }

    /** Deregisters the image and deletes the given snapshots, which no other image has. */
    void delete(OwnImage image, List<String> snapshots, String reason) {
        try {
            deleteSnapshots(image, snapshots, reason, deregister(image));
        } catch (SdkException error) {
            refused(image, snapshots, reason, error);
        }
    }

    /** Deletes the snapshot of an image that is gone; tells what stood against it, or nothing if it is gone now. */
    Optional<Refusal> deleteSnapshot(String imageId, String snapshotId) {
        try {
            ec2.deleteSnapshot(
                    DeleteSnapshotRequest.builder().snapshotId(snapshotId).build());
            return Optional.empty();
        } catch (SdkException error) {
            RefusedCall refused = new RefusedCall("DeleteSnapshot", snapshotId, error);
            if (refused.refusal() == Refusal.GONE) {
                return Optional.empty();
            }
            tally.failed(imageId, refused);
            return Optional.of(refused.refusal());
        }
    }

    private Map<String, SnapshotReturnCodes> deregister(OwnImage image) {
        DeregisterImageResponse answer = ec2.deregisterImage(DeregisterImageRequest.builder()
                .imageId(image.imageId())
                .deleteAssociatedSnapshots(true)
                .build());
        Map<String, SnapshotReturnCodes> results = new HashMap<>();
        answer.deleteSnapshotResults().forEach(result -> results.put(result.snapshotId(), result.returnCode()));
        return results;
    }

    private void deleteSnapshots(
            OwnImage image, List<String> snapshots, String reason, Map<String, SnapshotReturnCodes> results) {
        List<String> gone = new ArrayList<>();
        for (String snapshot : snapshots) {
            SnapshotReturnCodes result = results.getOrDefault(snapshot, SnapshotReturnCodes.UNKNOWN_TO_SDK_VERSION);
            boolean isGone =
                    switch (result) {
                        case SUCCESS -> true;
                        case SKIPPED -> false; // another image has come to share it since we looked
                        case MISSING_PERMISSIONS, INTERNAL_ERROR, CLIENT_ERROR, UNKNOWN_TO_SDK_VERSION ->
                            deleteSnapshot(image.imageId(), snapshot).isEmpty();
                    };
            if (isGone) {
                gone.add(snapshot);
            }
        }
        tally.spendChange();
        tally.deleted(new DeletedImage(image.imageId(), image.name(), image.createdAt(), gone, reason));
    }

    private void refused(OwnImage image, List<String> snapshots, String reason, SdkException error) {
        RefusedCall refused = new RefusedCall("DeregisterImage", image.imageId(), error);
        switch (refused.refusal()) {
            case GONE -> deleteSnapshots(image, snapshots, reason, Map.of());
            case PROTECTED ->
                tally.kept(image, "is protected against deregistration: EC2 answered " + AwsCalls.messageOf(error));
            case UNANSWERED -> {
                tally.spendChange();
                tally.failed(image.imageId(), refused);
            }
            case FORBIDDEN, BUSY, IN_USE, OTHER -> tally.failed(image.imageId(), refused);
        }
    }
}
