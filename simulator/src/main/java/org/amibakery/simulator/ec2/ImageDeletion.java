package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotReturnCode;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.SnapshotReturnCodes;

/** Deregisters images and deletes snapshots. */
final class ImageDeletion {
    private final Ec2Place here;
    private final ImageAccess images;
    private final SnapshotAccess snapshots;

    ImageDeletion(Ec2Place here) {
        this.here = here;
        this.images = new ImageAccess(here);
        this.snapshots = new SnapshotAccess(here);
    }

    DeregisterImageResponse deregister(DeregisterImageRequest request) {
        StoredImage image = images.own(request.imageId());
        Instant now = here.now();
        if (image.protection().holdsAt(now)) {
            throw refused(
                    "OperationNotPermitted",
                    "The AMI '" + image.id() + "' has deregistration protection ("
                            + image.protection().describeAt(now) + ") and can't be deregistered.");
        }
        image.deregister(now);
        here.machines().forget(image.id());
        DeregisterImageResponse.Builder answer =
                DeregisterImageResponse.builder().returnValue(true);
        if (Boolean.TRUE.equals(request.deleteAssociatedSnapshots())) {
            answer.deleteSnapshotResults(
                    image.snapshotIds().stream().map(this::deleteAssociated).toList());
        }
        return answer.build();
    }

    DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
        StoredSnapshot snapshot = snapshots.own(request.snapshotId());
        user(snapshot.id()).ifPresent(image -> {
            throw refused(
                    "InvalidSnapshot.InUse", "The snapshot " + snapshot.id() + " is currently in use by " + image.id());
        });
        snapshot.delete(here.now());
        return DeleteSnapshotResponse.builder().build();
    }

    private DeleteSnapshotReturnCode deleteAssociated(String snapshotId) {
        SnapshotReturnCodes code = here.images()
                .snapshot(snapshotId)
                .filter(snapshot -> snapshot.existsAt(here.now()))
                .map(this::deleteUnlessUsed)
                .orElse(SnapshotReturnCodes.CLIENT_ERROR);
        return DeleteSnapshotReturnCode.builder()
                .snapshotId(snapshotId)
                .returnCode(code)
                .build();
    }

    private SnapshotReturnCodes deleteUnlessUsed(StoredSnapshot snapshot) {
        boolean shared = registeredUsers(snapshot.id()).findAny().isPresent();
        if (shared) {
            return SnapshotReturnCodes.SKIPPED;
        }
        snapshot.delete(here.now());
        return SnapshotReturnCodes.SUCCESS;
    }

    /** A deregistered image holds on to its snapshots until EC2 has noticed everywhere. */
    private Optional<StoredImage> user(String snapshotId) {
        Instant now = here.now();
        List<StoredImage> released = here.images().images().stream()
                .filter(image -> image.uses(snapshotId))
                .filter(image -> image.endedAt()
                        .map(end ->
                                now.isBefore(end.plus(here.scaled(here.timings().visibility()))))
                        .orElse(false))
                .toList();
        return registeredUsers(snapshotId).findFirst().or(() -> released.stream()
                .findFirst());
    }

    private Stream<StoredImage> registeredUsers(String snapshotId) {
        return here.images().images().stream().filter(image -> image.uses(snapshotId) && !image.isGoneAt(here.now()));
    }
}
