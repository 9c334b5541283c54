package org.amibakery.reaper;

import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;
import org.amibakery.workflow.WorkflowClock;
import org.slf4j.Logger;

/** Keeps what people see of a reaper: the query's answer, the Web UI's details, the log. */
final class ReaperProgress {
    /** History is paid for by the byte: more of what stays, or goes, is only counted. */
    private static final int MOST_LISTED = 200;

    private static final Logger log = Workflow.getLogger(ReaperProgress.class);

    private final ReaperMode mode;
    private final List<Region> regions = new ArrayList<>();
    private final List<Verdict> orphans = new ArrayList<>();
    private final List<Verdict> removed = new ArrayList<>();
    private final List<Verdict> kept = new ArrayList<>();
    private final List<Verdict> failed = new ArrayList<>();
    private final List<OutOfReach> outOfReach = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private String stack = "";
    private ReaperState state = ReaperState.LOOKING;
    private Optional<Instant> firstLook = Optional.empty();
    private Optional<Instant> secondLook = Optional.empty();
    private int orphanCount;
    private int keptCount;

    ReaperProgress(ReaperMode mode) {
        this.mode = mode;
    }

    void looksIn(Territory territory) {
        stack = territory.stack();
        regions.addAll(territory.regions());
        warnings.addAll(territory.warnings());
        firstLook = Optional.of(WorkflowClock.now());
        show();
    }

    void saw(Sighting sighting) {
        orphans.addAll(sighting.orphans());
        orphanCount += sighting.orphanCount();
        sighting.kept().forEach(this::list);
        keptCount += sighting.keptCount();
        show();
    }

    void isOutOfReach(Region region, String reason) {
        outOfReach.add(new OutOfReach(region, reason));
        log.warn("The reaper cannot look. region={} reason={}", region, reason);
        show();
    }

    void settles() {
        state = ReaperState.SETTLING;
        show();
    }

    void looksAgain() {
        state = ReaperState.LOOKING;
        secondLook = Optional.of(WorkflowClock.now());
        show();
    }

    /** What was an orphan at the first look, and is none now. */
    void keeps(Verdict verdict) {
        keptCount++;
        kept.add(0, verdict);
    }

    void removes() {
        state = ReaperState.REMOVING;
        show();
    }

    void settled(Removals removals) {
        removals.removed().forEach(gone -> log.info("Removed {}, which {}.", gone.resource(), gone.reason()));
        removed.addAll(removals.removed());
        removals.kept().forEach(this::keeps);
        removals.failed().forEach(this::failed);
        show();
    }

    void failed(Verdict verdict) {
        failed.add(verdict);
        log.warn("Could not remove {}. {}", verdict.resource(), verdict.reason());
        show();
    }

    void confirms() {
        state = ReaperState.CONFIRMING;
        show();
    }

    void warn(String warning) {
        warnings.add(warning);
        log.warn(warning);
        show();
    }

    void completed() {
        state = ReaperState.COMPLETED;
        log.info(
                "The reaper ended. mode={} orphans={} removed={} kept={} failed={} outOfReach={}",
                mode,
                orphanCount,
                removed.size(),
                keptCount,
                failed.size(),
                outOfReach.size());
        show();
    }

    ReaperReport report() {
        return new ReaperReport(
                stack,
                mode,
                state,
                firstLook,
                secondLook,
                regions,
                listed(orphans),
                orphanCount,
                removed,
                listed(kept),
                keptCount,
                failed,
                outOfReach,
                warnings);
    }

    private void list(Verdict verdict) {
        if (kept.size() < MOST_LISTED) {
            kept.add(verdict);
        }
    }

    private static List<Verdict> listed(List<Verdict> all) {
        return all.subList(0, Math.min(MOST_LISTED, all.size()));
    }

    private void show() {
        Workflow.setCurrentDetails(ReaperDetails.of(report()));
    }
}
