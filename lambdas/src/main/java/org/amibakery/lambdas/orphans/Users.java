package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.orphans.Descriptions.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Finds what would suffer if an image or a snapshot went, whatever its tags: instances and images of this account. */
final class Users {
    /** An instance that shuts down does not need its image any more. */
    static final List<String> ALIVE = List.of("pending", "running", "stopping", "stopped");

    private final Ec2Client ec2;
    private final Descriptions descriptions;

    Users(Ec2Client ec2) {
        this.ec2 = ec2;
        this.descriptions = new Descriptions(ec2);
    }

    /** Tells for each id that is used what uses it; only images and snapshots are used by what does not own them. */
    Map<String, List<String>> of(ResourceKind kind, List<String> ids) {
        Map<String, List<String>> users = new HashMap<>();
        for (int start = 0; start < ids.size(); start += Descriptions.IDS_A_LOOK) {
            List<String> some = ids.subList(start, Math.min(start + Descriptions.IDS_A_LOOK, ids.size()));
            switch (kind) {
                case IMAGE -> instancesOf(some, users);
                case SNAPSHOT -> imagesOf(some, users);
                case INSTANCE, VOLUME, NETWORK_INTERFACE -> {}
            }
        }
        return users;
    }

    private void instancesOf(List<String> imageIds, Map<String, List<String>> users) {
        ec2
                .describeInstancesPaginator(
                        ask -> ask.filters(filter("image-id", imageIds), filter("instance-state-name", ALIVE)))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .forEach((Instance instance) -> add(users, instance.imageId(), instance.instanceId()));
    }

    private void imagesOf(List<String> snapshotIds, Map<String, List<String>> users) {
        descriptions.find(ResourceKind.IMAGE, filter("block-device-mapping.snapshot-id", snapshotIds)).stream()
                .filter(Described::exists)
                .forEach(image -> image.parts().forEach(snapshot -> add(users, snapshot, image.id())));
    }

    private static void add(Map<String, List<String>> users, String used, String user) {
        users.computeIfAbsent(used, first -> new ArrayList<>()).add(user);
    }
}
