package org.amibakery.lambdas.orphans;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.cleanup.CleanUpMode;

/** Counts what one run did against its bound and collects the report. */
final class OrphanTally {
    /** After so many refusals something is wrong with more than single resources, and the rest waits for the next run. */
    static final int MOST_FAILURES = 100;

    private final CleanUpOrphansRequest request;
    private final OrphanListener listener;
    private final List<SettledResource> removed = new ArrayList<>();
    private final List<SettledResource> kept = new ArrayList<>();
    private final List<FailedRemoval> failed = new ArrayList<>();
    private final List<RegionOutOfReach> outOfReach = new ArrayList<>();
    private int keptUnlisted;
    private Optional<String> stop = Optional.empty();

    OrphanTally(CleanUpOrphansRequest request, OrphanListener listener) {
        this.request = request;
        this.listener = request.mode() == CleanUpMode.DELETE ? listener : OrphanListener.NONE; // a plan removes nothing
    }

    boolean isStopped() {
        return stop.isPresent();
    }

    /** Tells whether one more orphan may go; if not, the run is stopped. */
    boolean hasRoom() {
        if (!isStopped() && removed.size() >= request.most()) {
            stops(String.format("%d are the most that one run may remove; the next run goes on", request.most()));
        }
        if (!isStopped() && failed.size() >= MOST_FAILURES) {
            stops(String.format("AWS refused %d times; the next run tries again", MOST_FAILURES));
        }
        return !isStopped();
    }

    void stops(String reason) {
        stop = Optional.of(reason);
    }

    void outOfReach(String region, FunctionFailure failure) {
        RegionOutOfReach where = new RegionOutOfReach(region, failure.getMessage());
        outOfReach.add(where);
        listener.outOfReach(where);
    }

    void kept(Judgement judgement) {
        if (judgement.resource().marks().areGood()) {
            keptUnlisted++;
        } else {
            keeps(judgement.resource(), judgement.reason());
        }
    }

    /** Takes an orphan for which there was no room or time. */
    void left(Judgement judgement) {
        keeps(judgement.resource(), judgement.reason() + ", and waits for the next run");
    }

    void settled(Judgement judgement, Removal removal) {
        switch (removal.end()) {
            case REMOVED -> removed(judgement);
            case KEPT -> keeps(judgement.resource(), removal.message());
            case FAILED -> failed(removal);
        }
    }

    void removed(Judgement judgement) {
        SettledResource gone = SettledResource.of(judgement.resource(), judgement.reason());
        removed.add(gone);
        listener.removed(gone);
    }

    private void failed(Removal removal) {
        OwnResource orphan = removal.orphan();
        FailedRemoval refusal = new FailedRemoval(
                orphan.kind(),
                orphan.region(),
                orphan.id(),
                orphan.bake().workflowId(),
                removal.code().orElseThrow(),
                removal.message());
        failed.add(refusal);
        listener.failed(refusal);
    }

    private void keeps(OwnResource resource, String reason) {
        if (kept.size() < CleanUpOrphansReport.MOST_KEPT_LISTED) {
            kept.add(SettledResource.of(resource, reason));
        } else {
            keptUnlisted++;
        }
    }

    CleanUpOrphansReport report() {
        return new CleanUpOrphansReport(request.mode(), removed, kept, keptUnlisted, failed, outOfReach, stop);
    }
}
