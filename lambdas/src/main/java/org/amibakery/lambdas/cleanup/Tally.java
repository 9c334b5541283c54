package org.amibakery.lambdas.cleanup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts what one run did against its cap and collects the report. */
final class Tally {
    /** After so many refusals something is wrong with more than single images, and the rest waits for the next run. */
    static final int MOST_FAILURES = 100;

    private final CleanUpImagesRequest request;
    private final List<DeletedImage> deleted = new ArrayList<>();
    private final List<WithdrawnImage> withdrawn = new ArrayList<>();
    private final List<LeftoverSnapshot> leftovers = new ArrayList<>();
    private final List<KeptImage> kept = new ArrayList<>();
    private final List<FailedImage> failed = new ArrayList<>();
    private int keptUnlisted;
    private int changes;

    Tally(CleanUpImagesRequest request) {
        this.request = request;
        this.changes = Continuation.of(request.continuation()).changes();
    }

    /** Tells why nothing more may be changed in this run, or nothing if more may. */
    Optional<String> reasonToStop() {
        if (changes >= request.cap()) {
            return Optional.of(String.format("must wait: this run's cap of %d is reached", request.cap()));
        }
        if (failed.size() >= MOST_FAILURES) {
            return Optional.of(String.format("must wait: AWS refused %d times in this run", MOST_FAILURES));
        }
        return Optional.empty();
    }

    int changes() {
        return changes;
    }

    /** Uses one of the cap: for a change done, or one that may have been done since its answer was lost. */
    void spendChange() {
        changes++;
    }

    void deleted(DeletedImage image) {
        deleted.add(image);
    }

    void withdrawn(WithdrawnImage image) {
        withdrawn.add(image);
    }

    void leftover(LeftoverSnapshot snapshot) {
        leftovers.add(snapshot);
    }

    void kept(OwnImage image, String reason) {
        if (kept.size() < CleanUpImagesReport.MOST_KEPT_LISTED) {
            kept.add(new KeptImage(image.imageId(), image.name(), image.createdAt(), reason));
        } else {
            keptUnlisted++;
        }
    }

    void failed(String imageId, String code, String message) {
        failed.add(new FailedImage(imageId, code, message));
    }

    void failed(String imageId, RefusedCall call) {
        failed(imageId, call.code(), call.message());
    }

    CleanUpImagesReport report(Optional<String> continuation) {
        return new CleanUpImagesReport(
                request.mode(), deleted, leftovers, kept, keptUnlisted, failed, continuation, withdrawn);
    }
}
