package org.amibakery.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeReport;

/**
 * Tells what could be seen of a bake at one moment.
 *
 * @param report absent while no worker has told of it
 * @param waits what its activities saw last of what they wait for, in words
 * @param cleanup what it does to leave nothing behind; empty unless it ends early
 * @param note what hinders the bake or the look at it; empty if nothing does
 * @param usual how long the last completed bake of the family took, where that can be found out
 */
public record BakeSighting(
        String workflowId,
        Sight sight,
        Optional<BakeReport> report,
        List<String> waits,
        List<CleanupAct> cleanup,
        String note,
        Optional<Duration> usual) {

    public BakeSighting {
        requireNonNull(workflowId, "workflowId");
        requireNonNull(sight, "sight");
        requireNonNull(report, "report");
        waits = List.copyOf(waits);
        cleanup = List.copyOf(cleanup);
        requireNonNull(note, "note");
        requireNonNull(usual, "usual");
    }

    /** Says whether there is more to see. */
    public enum Sight {
        UNDER_WAY,
        /** The report is the last one. */
        ENDED
    }

    /** A bake of which nothing is known yet. */
    static BakeSighting first(String workflowId) {
        return new BakeSighting(
                workflowId, Sight.UNDER_WAY, Optional.empty(), List.of(), List.of(), "", Optional.empty());
    }

    static BakeSighting ended(BakeReport report, List<CleanupAct> cleanup) {
        return new BakeSighting(
                report.workflowId(), Sight.ENDED, Optional.of(report), List.of(), cleanup, "", Optional.empty());
    }

    /** The same sight with something that hinders. */
    BakeSighting hindered(String by) {
        return new BakeSighting(workflowId, sight, report, waits, cleanup, by, usual);
    }

    boolean isEnded() {
        return sight == Sight.ENDED;
    }
}
