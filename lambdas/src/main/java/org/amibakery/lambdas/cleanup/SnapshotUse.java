package org.amibakery.lambdas.cleanup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** Finds the snapshots that images of this account are made of, so that one image's end never costs another its disk. */
final class SnapshotUse {
    private final Ec2Client ec2;

    SnapshotUse(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    /** Returns, of at most {@value FamilyImages#FILTER_VALUES} snapshots, those that no image but the given one has. */
    List<String> ofNoOtherThan(String imageId, List<String> snapshotIds) {
        List<String> free = new ArrayList<>(snapshotIds);
        if (!snapshotIds.isEmpty()) {
            Set<String> used = new HashSet<>();
            ec2
                    .describeImagesPaginator(FamilyImages.byFilter("block-device-mapping.snapshot-id", snapshotIds))
                    .images()
                    .stream()
                    .filter(image -> exists(image) && !image.imageId().equals(imageId))
                    .forEach(image -> used.addAll(OwnImage.snapshotsOf(image)));
            free.removeAll(used);
        }
        return free;
    }

    /** Tells whether EC2 still has the image; deregistered ones linger in answers for a while. */
    static boolean exists(Image image) {
        return image.state() != ImageState.DEREGISTERED;
    }
}
