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
    private final List<LeftoverSnapshot> leftovers = new ArrayList<>();
    private final List<KeptImage> kept = new ArrayList<>();
    private final List<FailedImage> failed = new ArrayList<>();
    private int keptUnlisted;
    private int deletions;

    Tally(CleanUpImagesRequest request) {
        this.request = request;
        this.deletions = Continuation.of(request.continuation()).deletions();
    }

    /** Tells why nothing more may be deleted in this run, or nothing if more may. */
    Optional<String> reasonToStop() {
        if (deletions >= request.cap()) {
            return Optional.of(String.format("must wait: this run's cap of %d is reached", request.cap()));
        }
        if (failed.size() >= MOST_FAILURES) {
            return Optional.of(String.format("must wait: AWS refused %d times in this run", MOST_FAILURES));
        }
        return Optional.empty();
    }

    int deletions() {
        return deletions;
    }

    /** Uses one of the cap: for a deletion done, or one that may have been done since its answer was lost. */
    void spendDeletion() {
        deletions++;
    }

    void deleted(DeletedImage image) {
        deleted.add(image);
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

    CleanUpImagesReport report(Optional<String> continuation) {
        return new CleanUpImagesReport(request.mode(), deleted, leftovers, kept, keptUnlisted, failed, continuation);
    }
}
