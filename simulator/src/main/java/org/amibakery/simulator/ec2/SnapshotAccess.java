package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;

/** Finds snapshots by id with the errors EC2 gives. */
final class SnapshotAccess {
    private static final Pattern ID = Pattern.compile("snap-[0-9a-f]{8}([0-9a-f]{9})?");

    private final Ec2Place here;

    SnapshotAccess(Ec2Place here) {
        this.here = here;
    }

    /** Finds a snapshot that the caller owns or that was shared. */
    StoredSnapshot get(String id) {
        if (!ID.matcher(LaunchChecks.require(id, "SnapshotId")).matches()) {
            throw refused(
                    "InvalidParameterValue",
                    "Value (" + id + ") for parameter snapshotId is invalid. Expected: 'snap-...'.");
        }
        return here.images()
                .snapshot(id)
                .filter(snapshot -> snapshot.isVisibleAt(here.now()))
                .filter(this::isReadable)
                .orElseThrow(() -> notFound(id));
    }

    StoredSnapshot own(String id) {
        StoredSnapshot snapshot = get(id);
        if (!snapshot.owner().equals(here.account())) {
            throw refused("AuthFailure", "Not authorized for snapshot:" + id);
        }
        return snapshot;
    }

    boolean isReadable(StoredSnapshot snapshot) {
        return snapshot.owner().equals(here.account())
                || snapshot.sharedWith().contains(StoredImage.EVERYBODY)
                || snapshot.sharedWith().contains(here.account());
    }

    static SimulatorError notFound(String id) {
        return refused("InvalidSnapshot.NotFound", "The snapshot '" + id + "' does not exist.");
    }
}
