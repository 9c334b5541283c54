package org.amibakery.lambdas.orphans;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The little that is kept of what EC2 describes.
 *
 * @param parts the snapshots of an image; empty for all else
 */
record Described(
        ResourceKind kind, String id, String state, List<Tag> tags, Optional<Instant> createdAt, List<String> parts) {

    /** Returns it as ours, or nothing when its tags do not say so. */
    Optional<OwnResource> ownedBy(String stack, String region) {
        return BakeMarks.of(tags, stack)
                .map(marks -> new OwnResource(kind, region, id, state, marks, createdAt, List.of()));
    }

    /** Whether it is there at all: EC2 shows terminated instances for an hour, and deregistered images for a while. */
    boolean exists() {
        return switch (kind) {
            case INSTANCE -> !state.equals("terminated") && !state.equals("shutting-down");
            case VOLUME -> !state.equals("deleting") && !state.equals("deleted");
            case IMAGE -> !state.equals("deregistered");
            case NETWORK_INTERFACE, SNAPSHOT -> true;
        };
    }

    /** Whether it stands alone: an attached volume or network interface goes with its instance. */
    boolean isDetached() {
        return switch (kind) {
            case VOLUME, NETWORK_INTERFACE -> state.equals("available");
            case INSTANCE, IMAGE, SNAPSHOT -> true;
        };
    }
}
