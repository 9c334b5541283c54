package org.amibakery.lambdas.cleanup;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.amibakery.lambdas.InvalidFunctionRequest;

/**
 * Where a run that ran out of time goes on: after which image, or after all of them which left-over snapshot, in the order
 * of age, and how much of the cap is used.
 *
 * @param createdAt age of the last image or left-over snapshot that was settled
 * @param id its id
 * @param changes how many images and snapshots the run has deleted or withdrawn so far
 */
record Continuation(Instant createdAt, String id, int changes) {
    private static final Continuation START = new Continuation(Instant.MIN, "", 0);

    static Continuation of(Optional<String> token) {
        return token.map(Continuation::parse).orElse(START);
    }

    static Continuation parse(String token) {
        String[] parts = token.split(",", -1);
        try {
            return new Continuation(Instant.parse(parts[0]), parts[1], Integer.parseUnsignedInt(parts[2]));
        } catch (DateTimeParseException | ArrayIndexOutOfBoundsException | NumberFormatException unreadable) {
            throw new InvalidFunctionRequest(String.format(
                    "'%s' is not a continuation. Repeat the one of the last report, or leave it out to start anew.",
                    token));
        }
    }

    String token() {
        return createdAt + "," + id + "," + changes;
    }

    Continuation withChanges(int soFar) {
        return new Continuation(createdAt, id, soFar);
    }

    boolean isBefore(OwnImage image) {
        return !isAmongLeftovers() && isBefore(image.createdAt(), image.imageId());
    }

    boolean isBefore(LeftoverSnapshot leftover) {
        return !isAmongLeftovers() || isBefore(leftover.startedAt(), leftover.snapshotId());
    }

    private boolean isAmongLeftovers() {
        return id.startsWith("snap-");
    }

    private boolean isBefore(Instant otherCreatedAt, String otherId) {
        int byAge = createdAt.compareTo(otherCreatedAt);
        return byAge < 0 || (byAge == 0 && id.compareTo(otherId) < 0);
    }
}
