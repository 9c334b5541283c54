package org.amibakery.reaper;

import io.temporal.activity.ActivityInterface;

/**
 * Finds and removes orphans: what a bake made, and neither runs any more to remove nor needs, or what is past its expiry.
 * Every method may run more than once for one call.
 *
 * <p>Fails with {@link #OTHER_STACK} when the worker serves another installation than the one asked for.
 */
@ActivityInterface(namePrefix = "Orphan.")
public interface ReaperActivities {
    /** The failure type of a request for an installation that this worker does not serve. */
    String OTHER_STACK = "OtherStack";

    /** Tells in which regions the installation can have left anything. */
    Territory findRegions(FindRegions request);

    /** Judges everything in one region that bakes of the installation made. Changes nothing. */
    Sighting look(LookForOrphans request);

    /** Judges once more, and removes what is an orphan still. One refusal never stops the rest. */
    Removals remove(RemoveOrphans request);
}
